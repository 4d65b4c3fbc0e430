import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import { pageViewOf } from '../model/fixture.js';
import type { PageView } from '../model/types.js';
import { ChapterCard } from './chapter-card.js';

const markupOf = (more: Partial<PageView>): string => {
  const view = pageViewOf({ route: '/', ...more });
  const chapter = { view, entries: [], gapMs: null, cameFrom: null };
  return renderToStaticMarkup(
    createElement(MemoryRouter, null, createElement(ChapterCard, { chapter, number: 1 })),
  );
};

test('a page view says in plain words what it was and why it ended', () => {
  expect(markupOf({ endReason: 'quiet' })).toMatch(/Page load<.*settled</);
});

test('a page view of a type and end that no agent knows is shown', () => {
  expect(markupOf({ type: '__proto__', endReason: '__proto__' })).toMatch(/Page view<.*>__proto__</);
});
