import { useKeys } from '../data/use-keys.js';
import { isGroup } from '../model/resource-groups.js';
import { isError, type SpanNode } from '../model/span-tree.js';
import { pan, windowBetween, zoom } from '../model/time-scale.js';
import { type TraceView, toggled } from './use-trace-view.js';

const ZOOM_STEP = 1.5;
const PAN_STEP = 0.2;

type Command = (view: TraceView) => void;

/** The keys of the waterfall, listed in the shortcuts dialog. */
const COMMANDS: Record<string, Command> = {
  j: (view) => step(view, 1),
  ArrowDown: (view) => step(view, 1),
  k: (view) => step(view, -1),
  ArrowUp: (view) => step(view, -1),
  Home: (view) => moveTo(view, view.rows[0]),
  End: (view) => moveTo(view, view.rows.at(-1)),
  ArrowLeft: (view) => collapseOrLeave(view),
  ArrowRight: (view) => expandOrEnter(view),
  Enter: (view) => view.open(view.cursor),
  Escape: (view) => view.open(undefined),
  w: (view) => zoomBy(view, 1 / ZOOM_STEP),
  s: (view) => zoomBy(view, ZOOM_STEP),
  a: (view) => panBy(view, -PAN_STEP),
  d: (view) => panBy(view, PAN_STEP),
  0: (view) => view.setWindow(view.model.bounds.all),
  f: (view) => fitCursor(view),
  c: (view) => view.setParameter('critical', view.showCritical ? '0' : ''),
  e: (view) => jump(view, 1, ({ span }) => isError(span)),
  n: (view) => jump(view, 1, ({ span }) => Boolean(view.matches?.has(span.spanId))),
  p: (view) => jump(view, -1, ({ span }) => Boolean(view.matches?.has(span.spanId))),
};

export const useWaterfallKeys = (view: TraceView, focusFind: () => void): void => {
  const bound = Object.entries(COMMANDS).map(([key, command]) => [key, () => command(view)] as const);
  useKeys({ ...Object.fromEntries(bound), '/': focusFind });
};

/** With the details open they follow the cursor. */
export const moveTo = (view: TraceView, node: SpanNode | undefined): void => {
  if (!node) return;
  if (view.opened && !isGroup(node.span)) view.open(node.span.spanId);
  else view.setCursor(node.span.spanId);
};

/** The next span, in the order of the whole tree and around its end, for which `wanted` holds; opens what hides it. */
export const jump = (view: TraceView, direction: 1 | -1, wanted: (node: SpanNode) => boolean): void => {
  const all = [...view.model.tree.byId.values()].filter(wanted);
  const order = orderOf(view);
  all.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const here = view.cursor ? (order.get(view.model.tree.byId.get(view.cursor) as SpanNode) ?? -1) : -1;
  const after = (node: SpanNode) => ((order.get(node) ?? 0) - here) * direction > 0;
  const target = direction > 0 ? (all.find(after) ?? all[0]) : (all.findLast(after) ?? all.at(-1));
  if (!target) return;
  reveal(view, target);
  moveTo(view, target);
};

export const toggleNode = (view: TraceView, node: SpanNode): void => {
  view.setCollapsed(toggled(view.collapsed, node.span.spanId));
};

const orderOf = (view: TraceView): Map<SpanNode, number> => {
  const order = new Map<SpanNode, number>();
  const visit = [...view.model.tree.roots].reverse();
  for (let node = visit.pop(); node; node = visit.pop()) {
    order.set(node, order.size);
    visit.push(...[...node.children].reverse());
  }
  return order;
};

const reveal = (view: TraceView, node: SpanNode): void => {
  const collapsed = new Set(view.collapsed);
  for (let above = node.parent; above; above = above.parent) collapsed.delete(above.span.spanId);
  if (collapsed.size !== view.collapsed.size) view.setCollapsed(collapsed);
};

const step = (view: TraceView, by: number): void => {
  const index = view.rows.findIndex(({ span }) => span.spanId === view.cursor);
  moveTo(view, view.rows[Math.min(Math.max(index + by, 0), view.rows.length - 1)]);
};

const zoomBy = (view: TraceView, factor: number): void =>
  view.setWindow(zoom(view.window, factor, 0.5, view.model.bounds.all));

const panBy = (view: TraceView, share: number): void =>
  view.setWindow(pan(view.window, share, view.model.bounds.all));

const cursorNode = (view: TraceView): SpanNode | undefined => view.model.tree.byId.get(view.cursor ?? '');

const collapseOrLeave = (view: TraceView): void => {
  const node = cursorNode(view);
  if (!node) return;
  const isOpen = node.children.length > 0 && !view.collapsed.has(node.span.spanId);
  if (isOpen) toggleNode(view, node);
  else moveTo(view, node.parent ?? undefined);
};

const expandOrEnter = (view: TraceView): void => {
  const node = cursorNode(view);
  if (!node || node.children.length === 0) return;
  if (view.collapsed.has(node.span.spanId)) toggleNode(view, node);
  else moveTo(view, node.children[0]);
};

const fitCursor = (view: TraceView): void => {
  const span = cursorNode(view)?.span;
  if (!span) return;
  const room = Math.max((span.endTime - span.startTime) * 0.1, 0.1);
  view.setWindow(windowBetween(span.startTime - room, span.endTime + room, view.model.bounds.all));
};
