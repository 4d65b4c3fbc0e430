import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import { AttributeTable } from './attribute-table.js';

const markupOf = (attributes: Record<string, unknown>): string =>
  renderToStaticMarkup(
    createElement(MemoryRouter, null, createElement(AttributeTable, { attributes, dropped: 0 })),
  );

test('an attribute that lists can be limited to leads to one', () => {
  expect(markupOf({ 'session.id': 'a b' })).toContain('href="/sessions/a%20b"');
});

test.each(['__proto__', '__defineGetter__', 'toString'])('an attribute of the name %s is shown', (name) => {
  const markup = markupOf(Object.fromEntries([[name, 'baked']]));

  expect(markup).toContain('baked');
  expect(markup).not.toContain('href');
});
