import { isError, type SpanNode, type SpanTree } from './span-tree.js';
import type { Span } from './types.js';

/** Fewer are no crowd. */
const LEAST = 4;
/** More than this are folded at first. */
const OPEN_LIMIT = 20;

const CLIENT = 3;
const PREFIX = 'resources-of-';

export const isGroup = ({ spanId }: Span): boolean => spanId.startsWith(PREFIX);

/** A request that was made before the agent is told by the same instrumentation, and is no mere resource. */
const isResource = ({ span }: SpanNode): boolean =>
  span.scope === 'rootspan/resource' && span.kind !== CLIENT;

/** Puts the resources that a page view has loaded below a row of their own, which can be folded. */
export const groupResources = (tree: SpanTree): SpanTree => {
  const byId = new Map<string, SpanNode>();
  for (const node of tree.byId.values()) {
    const resources = node.children.filter(isResource);
    byId.set(node.span.spanId, node);
    if (resources.length < LEAST) continue;
    const group = groupOf(node, resources);
    byId.set(group.span.spanId, group);
    const others = node.children.filter((child) => !resources.includes(child));
    const next = others.findIndex(({ span }) => span.startTime >= group.span.startTime);
    others.splice(next < 0 ? others.length : next, 0, group);
    node.children = others;
  }
  return { ...tree, byId };
};

/** The groups to fold before the reader has chosen, unless `wanted` is in them. */
export const crowdedGroups = ({ byId }: SpanTree, wanted: string | null): Set<string> => {
  const isCrowd = ({ span, children }: SpanNode) => isGroup(span) && children.length > OPEN_LIMIT;
  const ids = new Set([...byId.values()].filter(isCrowd).map(({ span }) => span.spanId));
  ids.delete(byId.get(wanted ?? '')?.parent?.span.spanId ?? '');
  return ids;
};

const groupOf = (parent: SpanNode, resources: SpanNode[]): SpanNode => {
  const startTime = Math.min(...resources.map(({ span }) => span.startTime));
  const endTime = Math.max(...resources.map(({ span }) => span.endTime));
  const span: Span = {
    ...parent.span,
    spanId: `${PREFIX}${parent.span.spanId}`,
    parentSpanId: parent.span.spanId,
    name: `${resources.length} resources`,
    scope: 'rootspan/resource',
    startTime,
    endTime,
    durationMs: endTime - startTime,
    status: { code: 0 },
    attributes: {},
    events: [],
    links: [],
    linkedFrom: [],
  };
  const group: SpanNode = {
    span,
    depth: parent.depth + 1,
    parent,
    children: resources,
    descendants: resources.reduce((sum, { descendants }) => sum + descendants + 1, 0),
    errorsBelow: resources.filter((node) => isError(node.span)).length,
    orphan: false,
    early: false,
  };
  for (const resource of resources) {
    resource.parent = group;
    resource.depth = group.depth + 1;
  }
  return group;
};
