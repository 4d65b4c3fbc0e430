import { expect, test } from 'vitest';
import { traceReports } from '../../../src/instrument/reports.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

const violate = (init: Partial<SecurityPolicyViolationEventInit>) =>
  document.dispatchEvent(
    new SecurityPolicyViolationEvent('securitypolicyviolation', {
      documentURI: location.href,
      originalPolicy: "img-src 'self'",
      violatedDirective: 'img-src',
      effectiveDirective: 'img-src',
      disposition: 'enforce',
      statusCode: 200,
      ...init,
    }),
  );

test('a violation of the policy is an error that names directive, resource and place', async () => {
  const { nextSpan } = runInstrumentation(traceReports());
  violate({
    blockedURI: 'https://ads.test/pixel.png?token=abc',
    sourceFile: 'https://shop.test/app.js?token=abc',
    lineNumber: 3,
    columnNumber: 7,
  });

  const { name, scope, status, events } = await nextSpan();
  expect([name, scope, status]).toEqual(['exception', 'errors', 2]);
  expect(events?.[0]?.attributes).toMatchObject({
    'exception.type': 'SecurityPolicyViolation',
    'exception.message': 'img-src (enforce): https://ads.test/pixel.png?token=REDACTED',
    'exception.stacktrace': expect.stringContaining('at https://shop.test/app.js?token=REDACTED:3:7'),
  });
});

test('what has no URL is named as the browser names it', async () => {
  const { nextSpan } = runInstrumentation(traceReports());
  violate({ blockedURI: 'inline', effectiveDirective: 'script-src-elem', disposition: 'report' });

  const { events } = await nextSpan();
  expect(events?.[0]?.attributes?.['exception.message']).toBe('script-src-elem (report): inline');
});

test('a page of the own origin that may not be a frame is told, also where the collector is there', async () => {
  const { nextSpan } = runInstrumentation(traceReports());
  violate({ blockedURI: `${location.origin}/`, effectiveDirective: 'frame-src' });

  const { events } = await nextSpan();
  expect(events?.[0]?.attributes?.['exception.message']).toContain('frame-src');
});

test('a policy that refuses the collector is no error of the page', () => {
  const { spans, context } = runInstrumentation(traceReports());
  violate({ blockedURI: context.collector.href, effectiveDirective: 'connect-src' });
  // As some browsers tell it.
  violate({ blockedURI: context.collector.origin, effectiveDirective: 'connect-src' });

  expect(spans).toEqual([]);
});

test('an agent that has stopped hears of no violation', () => {
  const { spans, stop } = runInstrumentation(traceReports());
  stop();
  violate({ blockedURI: 'inline' });

  expect(spans).toEqual([]);
});
