// The conventions' list, and what applications call their secrets.
const SECRET_KEY =
  /^(awsaccesskeyid|sig|code|state|otp|jwt|sid)$|signature|credential|token|secret|passw|pwd|auth|session|api.?key/i;
// A path names its secret by the segment before: `/reset/…`.
const SECRET_STEP = /^(reset|verif|confirm|activat|invit|magic|unsubscribe)/i;
const REDACTED = 'REDACTED';

/**
 * A text without the secrets of the URLs in it: credentials, values under secret names, tokens in paths and fragments, and
 * e-mail addresses. Each search is linear: from one separator to the next, or bounded.
 */
export const redactText = (text: string): string =>
  text
    .replace(/(\w:\/\/)[^\s/?#@"'<>]*@/g, `$1${REDACTED}:${REDACTED}@`)
    // What identity providers put behind the # without a name.
    .replace(/#(?=\S{0,99}\d)(?=\S{0,99}[a-z])[\w.~+%-]{20,}=*(?![^\s"'<>)])/gi, `#${REDACTED}`)
    // A key may hide behind escapes. In a stack the line and column stand behind the value.
    .replace(
      /([?#&;/]([^?#&;/=\s"'<>]+)=)[^?#&;\s"'<>]+?((:\d+:\d+)?\)?(?![^?#&;\s"'<>]))/g,
      (pair, start, key, end) => (isSecret(key) ? start + REDACTED + end : pair),
    )
    // A URL as the value in another one.
    .replace(
      /((?:%3f|%26|%23)((?:[\w.-]|%5.){1,40})%3d)(?:(?!%26|%23)[^&#;\s"'<>])+/gi,
      (pair, start, key) => (isSecret(key) ? start + REDACTED : pair),
    )
    .replace(
      /(\/([^/?#;=\s"'<>]{1,40})\/)((?=[\w.~%+-]{0,99}\d)[\w.~%+-]{6,}|[\w~%+-]{20,})/g,
      (pair, start, step) => (isSecret(step) || SECRET_STEP.test(step) ? start + REDACTED : pair),
    )
    // Long and of small and capital letters and digits, or of hexadecimal digits: made by chance.
    .replace(
      /\/(?:(?=[\w~-]{0,99}\d)(?=[\w~-]{0,99}[a-z])(?=[\w~-]{0,99}[A-Z])[\w~-]{20,}|[\da-f]{40,})(?![\w.~-])/g,
      `/${REDACTED}`,
    )
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED)
    // Not a version, `react@18.2.0`, nor a picture for sharp screens, `logo@2x.png`.
    .replace(
      /(^|[^\w.+%-])([\w.+%-]+?)(?:@|%40)(?:[a-z]|\d(?!x[\W_])(?=[\w-]*\.[a-z]{2}))[\w-]*\.[\w.-]*[a-z]/gi,
      (address, before, name) => (name === REDACTED ? address : before + REDACTED),
    );

const isSecret = (key: string): boolean => SECRET_KEY.test(unescape(key));

/**
 * The URL without credentials and secrets (semantic conventions, `url.full`). URLs that carry their content (`data:`,
 * `blob:`) are cut to the scheme.
 */
export const redactUrl = ({ protocol, href }: URL): string =>
  /^(http|ws|file)/.test(protocol) ? redactText(href) : protocol;
