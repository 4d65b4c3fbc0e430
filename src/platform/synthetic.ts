/** Known robots by their own names; `CUBOT` makes telephones. */
const BOT = /[^u]bot\b|crawl|spider|externalhit|lighthouse/i;

/** Who is no visitor: a robot, or a browser that a test drives. A value of `user_agent.synthetic.type`. */
export const syntheticType = (): 'bot' | 'test' | undefined =>
  BOT.test(navigator.userAgent) ? 'bot' : navigator.webdriver ? 'test' : undefined;
