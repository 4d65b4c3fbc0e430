import { patch, patchGetter } from './platform/patch.js';
import { createContext, type Scope } from './trace/context.js';
import type { ContextManager } from './types.js';
import { warn } from './util/guard.js';
import { stopAll } from './util/stop.js';

/** What is used of zone.js, without its types: an application may have another version, or none. */
interface Zone {
  readonly parent: Zone;
  get(key: string): Scope | undefined;
  getZoneWith(key: string): Zone | null;
  fork(spec: { name: string; properties: Record<string, Scope> }): Zone;
  run(fn: (...given: unknown[]) => unknown, self?: unknown, given?: []): unknown;
}

interface ZoneClass {
  readonly current: Zone;
  readonly currentTask: { readonly type: string; readonly zone: Zone } | null;
  readonly prototype: Zone;
}

/** The property of a zone in which its span is. */
const KEY = 'rootspan';

/**
 * The active span upon the page's own zone.js: it follows timers, events, promises, and `await` where that is compiled
 * down. For `start({ context: zoneContext() })`. Without zone.js it warns, and the span is kept as it is by default.
 */
export const zoneContext = (): ContextManager => {
  const { Zone } = globalThis as { Zone?: ZoneClass }; // put there by zone.js
  const events = createContext();
  // An element may have that name.
  if (!Zone?.prototype) return { ...events, start: () => void warn('zoneContext: load zone.js first') };
  const { run } = Zone.prototype;
  let last: Zone | undefined;
  /** A zone with the span: a child, or beside it where the zone is one of ours, so that chains do not grow. */
  const enter = (zone: Zone, scope: Scope): Zone => {
    const base = zone.getZoneWith(KEY) === zone ? zone.parent : zone;
    if (last?.parent !== base || last.get(KEY)?.span !== scope.span)
      last = base.fork({ name: KEY, properties: { [KEY]: scope } });
    return last;
  };
  const context = createContext({
    get: () => Zone.current.get(KEY),
    run: <T>(scope: Scope, fn: () => T) => Reflect.apply(run, enter(Zone.current, scope), [fn]) as T, // what fn returns
  });
  return {
    ...context,
    // After a native `await` code is in no zone. Its span goes no further from there, as the code may be anybody's.
    resume: (span, event) => (event ? events : context).resume(span, event),
    resumeIn: events.resumeIn,
    start: () =>
      stopAll([
        // A listener runs in the zone in which it was added, which knows nothing of the event. What it begins is begun
        // in a zone that does.
        patchGetter(Zone, 'current', (call) => {
          const zone = call() as Zone; // as zone.js has it
          const task = Zone.currentTask;
          const isOwn = zone.get(KEY) && (task?.type !== 'eventTask' || task.zone !== zone);
          const span = isOwn ? undefined : events.active();
          return span ? enter(zone, { span }) : zone;
        }),
        // Angular leaves its zone and enters it again on the way (`runOutsideAngular`, `NgZone.run`): the cause stays.
        ...['run', 'runGuarded'].map((name) =>
          patch(Zone.prototype, name, (call, zone: Zone, args) => {
            const [fn, self, given] = args as Parameters<Zone['run']>;
            const scope = Zone.current.get(KEY);
            if (!scope || scope === zone.get(KEY)) return call();
            return call([context.bind(() => Reflect.apply(fn, self, given ?? [])), ...args.slice(1)]);
          }),
        ),
      ]),
  };
};
