import { expect, test } from 'vitest';
import { isHashRoute, templateUrl } from '../../../src/util/url.js';

const template = (path: string) => templateUrl(new URL(path, 'https://shop.example'));

test.each([
  ['/orders/1234', '/orders/:id'],
  ['/orders/1234/lines/5', '/orders/:id/lines/:id'],
  ['/orders/0', '/orders/:id'],
  ['/orders/1234/', '/orders/:id/'],
  ['/orders/550e8400-e29b-41d4-a716-446655440000', '/orders/:id'],
  ['/orders/550E8400-E29B-41D4-A716-446655440000', '/orders/:id'],
  ['/orders/550e8400e29b41d4a716446655440000', '/orders/:id'],
  ['/commits/da39a3ee5e6b4b0d3255bfef95601890afd80709', '/commits/:id'],
  ['/commits/da39a3ee', '/commits/:id'],
  ['/items/507f1f77bcf86cd799439011', '/items/:id'],
  ['/items/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/items/:id'],
  ['/items/cjld2cjxh0000qzrmn831i7rn', '/items/:id'],
  ['/reports/2026-11-20', '/reports/:id'],
  ['/reports/20261120', '/reports/:id'],
  ['/reports/2026/11/20', '/reports/:id/:id/:id'],
  ['/invoices/INV-00012345', '/invoices/:id'],
  ['/phones/+4930123456', '/phones/:id'],
  ['/users/anna@shop.example', '/users/:id'],
  ['/users/anna%40shop.example', '/users/:id'],
  ['/files/report-1234567.pdf', '/files/:id'],
  ['/assets/index-BZGbL919.js', '/assets/index-:id.js'],
  ['/assets/index-BZGbLxyz.css', '/assets/index-:id.css'],
  ['/static/main.4f2a9c1b.js', '/static/main.:id.js'],
  ['/static/main.4f2a9c1b.chunk.js', '/static/main.:id.chunk.js'],
  ['/coordinates/52.5200', '/coordinates/:id'],
  ['/orders/1234?expand=lines', '/orders/:id'],
  ['/orders/1234#comments', '/orders/:id'],
  ['/#/orders/1234', '/#/orders/:id'],
  ['/#!/orders/1234?tab=2', '/#!/orders/:id'],
])('%s is the route %s', (path, expected) => {
  expect(template(path)).toBe(expected);
});

test.each([
  '/',
  '/products',
  '/products/blue-suede-shoes',
  '/products/iphone-15-pro',
  '/blog/top-10-albums-of-2025',
  '/blog/a-very-long-title-that-a-person-has-written-for-others-to-read',
  '/api/v2/orders',
  '/api/v1beta1/orders',
  '/facade/decade/deadbeef',
  '/oauth2/authorize',
  '/en-US/help',
  '/cafe/added',
  '/users/me',
  '/index.html',
  '/assets/main.js',
  '/assets/jquery-3.7.1.min.js',
  '/assets/my-component-v2.js',
  '/assets/shop-ProductList.js',
  '/assets/app.bundle.js',
  '/caf%C3%A9/men%C3%BC',
])('%s is a route of its own', (path) => {
  expect(template(path)).toBe(path);
});

test.each([
  ['#/cart', true],
  ['#!/cart', true],
  ['#cart', false],
  ['#!cart', false],
  ['', false],
])('the fragment "%s" is a route: %s', (hash, expected) => {
  expect(isHashRoute(new URL(`https://shop.example/${hash}`))).toBe(expected);
});
