import type { Span } from './types.js';

export interface SpanNode {
  span: Span;
  depth: number;
  parent: SpanNode | null;
  children: SpanNode[];
  /** Spans below this one. */
  descendants: number;
  /** Errors among the spans below this one, so that a collapsed branch still shows them. */
  errorsBelow: number;
  /** It names a parent that has not arrived. */
  orphan: boolean;
  /** It starts before its parent does: the clocks of the two hosts differ. */
  early: boolean;
}

export interface SpanTree {
  roots: SpanNode[];
  byId: Map<string, SpanNode>;
  /** The span the trace is named after: the earliest one without a parent (or the page view below it), else the earliest orphan. */
  main: SpanNode | null;
  orphans: number;
}

/** Clocks that are read in the same host still differ by rounding. */
const CLOCK_TOLERANCE_MS = 0.5;

/** Joins spans by parent id. No span is lost: orphans and members of a cycle become roots. */
export const buildSpanTree = (spans: readonly Span[]): SpanTree => {
  const byId = createNodes(spans);
  const roots = joinParents(byId);
  for (const root of roots) finish(root);
  roots.sort((a, b) => Number(a.orphan) - Number(b.orphan) || byStart(a, b));
  return { roots, byId, main: findMain(roots), orphans: roots.filter((root) => root.orphan).length };
};

/** A page load that continues the trace of the server that answered it is what the visitor waited for. */
const findMain = ([first]: readonly SpanNode[]): SpanNode | null =>
  first?.children.find(({ span }) => isPageView(span)) ?? first ?? null;

const isPageView = (span: Span): boolean => 'rootspan.page_view.type' in span.attributes;

/** The rows to show, in order, leaving out what is below a collapsed span. */
export const visibleNodes = (tree: SpanTree, collapsed: ReadonlySet<string>): SpanNode[] => {
  const rows: SpanNode[] = [];
  const pending = [...tree.roots].reverse();
  for (let node = pending.pop(); node; node = pending.pop()) {
    rows.push(node);
    if (!collapsed.has(node.span.spanId)) pending.push(...[...node.children].reverse());
  }
  return rows;
};

export const isError = (span: Span): boolean =>
  span.status.code === 2 || String(span.status.code).toUpperCase().endsWith('ERROR');

const createNodes = (spans: readonly Span[]): Map<string, SpanNode> => {
  const byId = new Map<string, SpanNode>();
  for (const span of spans) {
    const node = { span, depth: 0, parent: null, children: [], descendants: 0, errorsBelow: 0 };
    byId.set(span.spanId, { ...node, orphan: false, early: false });
  }
  return byId;
};

const joinParents = (byId: ReadonlyMap<string, SpanNode>): SpanNode[] => {
  const roots: SpanNode[] = [];
  for (const node of byId.values()) {
    const parent = node.span.parentSpanId ? byId.get(node.span.parentSpanId) : undefined;
    if (parent && parent !== node) setParent(node, parent);
    else roots.push(asRoot(node));
  }
  return roots.concat(cutCycles(byId, roots));
};

const setParent = (node: SpanNode, parent: SpanNode): void => {
  node.parent = parent;
  node.early = isSkewed(node.span, parent.span);
  parent.children.push(node);
};

// One browser has one clock: the frame of the click that changed the route began before the route's own span. And a
// page load begins with the navigation, before the server's span that it continues.
const isSkewed = (span: Span, parent: Span): boolean =>
  span.startTime < parent.startTime - CLOCK_TOLERANCE_MS &&
  !isPageView(span) &&
  !(span.service === parent.service && span.scope?.startsWith('rootspan/'));

const asRoot = (node: SpanNode): SpanNode => {
  node.parent = null;
  node.early = false;
  node.orphan = Boolean(node.span.parentSpanId);
  return node;
};

/** What no root leads to hangs on itself: one span of each such ring is made a root. */
const cutCycles = (byId: ReadonlyMap<string, SpanNode>, roots: readonly SpanNode[]): SpanNode[] => {
  const reached = new Set<SpanNode>();
  const cut: SpanNode[] = [];
  for (const root of roots) reach(root, reached);
  for (const node of byId.values()) {
    if (reached.has(node)) continue;
    if (node.parent) node.parent.children = node.parent.children.filter((child) => child !== node);
    cut.push(asRoot(node));
    reach(node, reached);
  }
  return cut;
};

const reach = (root: SpanNode, reached: Set<SpanNode>): void => {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    reached.add(node);
    pending.push(...node.children);
  }
};

/** Sets depth, order and counts. Iterative: a trace may be thousands of spans deep. */
const finish = (root: SpanNode): void => {
  const order: SpanNode[] = [root];
  for (const node of order) {
    node.children.sort(byStart);
    for (const child of node.children) {
      child.depth = node.depth + 1;
      order.push(child);
    }
  }
  for (const node of order.reverse()) {
    if (!node.parent) continue;
    node.parent.descendants += node.descendants + 1;
    node.parent.errorsBelow += node.errorsBelow + Number(isError(node.span));
  }
};

const byStart = (a: SpanNode, b: SpanNode): number =>
  a.span.startTime - b.span.startTime || b.span.endTime - a.span.endTime;
