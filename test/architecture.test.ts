import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { inBareNode, urlOf } from './support/bare-node.js';
import {
  ACTING,
  allImports,
  exportedNames,
  findCycle,
  LAYERS,
  layerOf,
  mayImport,
} from './support/layers.js';
import {
  globalAssignments,
  isInert,
  isNamelessExport,
  longFunctions,
  unloadNames,
} from './support/module-rules.js';
import {
  forbidden,
  lineOf,
  modules,
  type PlatformUse,
  platformUsesOf,
  type SourceModule,
} from './support/source-tree.js';

// The rules of ARCHITECTURE.md, on the syntax tree and with TypeScript's own knowledge of what a name means.

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Who may use what of the platform. Names are those of TypeScript's library; a trailing dot means all members. */
const OWNERS: { what: string; names: RegExp; files: string[] }[] = [
  {
    what: 'listeners',
    names: /\.(add|remove)EventListener$/,
    files: ['platform/lifecycle.ts', 'platform/native.ts', 'early.ts'],
  },
  {
    what: 'timers',
    names:
      /^(set|clear)(Timeout|Interval)$|^(request|cancel)(AnimationFrame|IdleCallback)$|^queueMicrotask$|\.requestIdleCallback$/,
    files: ['platform/native.ts'],
  },
  {
    what: 'storage',
    names: /^(localStorage|sessionStorage|indexedDB|caches)$|^Storage\.|^Document\.cookie$|^cookieStore$/,
    files: ['platform/storage.ts', 'platform/cookie.ts', 'export/offline.ts', 'early.ts'],
  },
  {
    what: 'the network',
    names: /^fetch$|\.fetch$|\.sendBeacon$|^fetchLater$|\.fetchLater$|^Image$/,
    files: ['platform/native.ts', 'export/transport.ts', 'export/deferred.ts'],
  },
  { what: 'the console', names: /^console$|^Console\./, files: ['util/guard.ts'] },
  { what: 'random numbers', names: /^crypto$|^Crypto\./, files: ['util/ids.ts', 'early.ts'] },
  {
    what: 'the clock',
    names: /^Date$|^Performance\.(now|timeOrigin)$/,
    files: ['util/clock.ts', 'early.ts'],
  },
  {
    what: 'defined properties',
    names:
      /^(ObjectConstructor|Reflect)\.(defineProperty|defineProperties|deleteProperty|setPrototypeOf|set)$/,
    files: ['platform/patch.ts'],
  },
];

const allUses = modules.flatMap(platformUsesOf);

describe('layers', () => {
  test('there is source to check, and a layer for every file', () => {
    expect(modules.length).toBeGreaterThan(20);
    expect(modules.map(({ path }) => layerOf(path)).filter((layer) => !LAYERS[layer])).toEqual([]);
  });

  test('a module imports only from the layers below it', () => {
    const wrong = allImports.filter(({ from, target }) => target && !mayImport(from, target));
    expect(wrong.map(({ from, target }) => `${from} imports ${target}`)).toEqual([]);
  });

  test('no module imports itself, directly or through others', () => {
    expect(modules.map(({ path }) => findCycle(path, [path])).filter(Boolean)).toEqual([]);
  });

  test('only web-vitals is imported from elsewhere, and it is the only dependency', () => {
    const packages = allImports.filter(({ target }) => !target).map(({ specifier }) => specifier);
    expect(packages.filter((name) => !/^web-vitals(\/attribution)?$/.test(name))).toEqual([]);
    expect(Object.keys(manifest.dependencies)).toEqual(['web-vitals']);
  });

  test('relative imports end in .js', () => {
    const wrong = allImports.filter(({ specifier, target }) => target && !specifier.endsWith('.js'));
    expect(wrong.map(({ from, specifier }) => `${from}: ${specifier}`)).toEqual([]);
  });
});

describe('who may touch what', () => {
  test.for(OWNERS)('$what', ({ names, files }) => {
    const wrong = allUses.filter(({ path, name }) => names.test(name) && !files.includes(path));
    expect(wrong.map(say)).toEqual([]);
  });

  test.for(OWNERS)('the rule about $what sees what is forbidden', ({ names }) => {
    expect(platformUsesOf(forbidden).filter(({ name }) => names.test(name)).length).toBeGreaterThan(0);
  });

  test('no XMLHttpRequest, WebSocket or EventSource is ever made', () => {
    const made = allUses.filter(
      ({ name, node }) =>
        /^(XMLHttpRequest|WebSocket|EventSource)$/.test(name) && ts.isNewExpression(node.parent),
    );
    expect(made.map(say)).toEqual([]);
  });

  test('objects of the browser are assigned to in platform/patch.ts alone', () => {
    expect([...allUses.filter(isAssigned).map(say), ...modules.flatMap(globalAssignments)]).toEqual([]);
    // The rule sees what is forbidden.
    expect(
      platformUsesOf(forbidden)
        .filter(isAssigned)
        .map(({ name }) => name),
    ).toEqual(['Document.title']);
    expect(globalAssignments(forbidden)).toHaveLength(3);
  });

  test('unload and beforeunload, which cost the back/forward cache, are named nowhere', () => {
    expect(modules.flatMap(unloadNames)).toEqual([]);
  });
});

const say = ({ path, line, name }: PlatformUse): string => `src/${path}:${line} ${name}`;

const isAssigned = ({ path, name, isWritten }: PlatformUse): boolean =>
  isWritten && path !== 'platform/patch.ts' && !isOwnObject(name);

/** A plain object or a URL that we made: its type is the library's, the object is ours. A cookie is stored so. */
const isOwnObject = (name: string): boolean =>
  /^(URL|\w+(Init|Options|Descriptor)|Array|Error)\.|^Document\.cookie$/.test(name);

describe('modules', () => {
  test('loading one does nothing', () => {
    const wrong = modules
      .filter(({ path }) => !ACTING.includes(path))
      .flatMap(({ path, file }) =>
        file.statements
          .filter((statement) => !isInert(statement))
          .map((statement) => `src/${path}:${lineOf(statement)}`),
      );
    expect(wrong).toEqual([]);
    // The rule sees what is forbidden.
    expect(forbidden.file.statements.filter(isInert)).toEqual([]);
  });

  test('exports have names, and values are never exported by a star', () => {
    const wrong = modules.flatMap(({ path, file }) =>
      file.statements.filter(isNamelessExport).map((statement) => `src/${path}:${lineOf(statement)}`),
    );
    expect(wrong).toEqual([]);
  });

  test('a file has at most 200 lines, types.ts apart: all public types are in it', () => {
    const isLong = ({ path, file }: SourceModule) =>
      path !== 'types.ts' && file.text.trimEnd().split('\n').length > 200;
    const long = modules.filter(isLong);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test('a function has at most 40 lines, those of the functions inside it not counted', () => {
    expect(modules.flatMap(longFunctions)).toEqual([]);
  });
});

describe('entries', () => {
  test('package.json names the two main ones', () => {
    expect(exportedNames()).toEqual(expect.arrayContaining(['index', 'core']));
  });

  test.for([...exportedNames(), 'rootspan'])(
    '%s.js imports in bare Node.js and touches no global',
    (name) => {
      expect(inBareNode(`await import(${urlOf(name)});`)).toEqual(readBy(name));
    },
  );

  test.for(['index', 'core', 'vitals-attribution'])('start() of %s.js does nothing on a server', (name) => {
    const script = `
      const { start } = await import(${urlOf(name)});
      const agent = start({ serviceName: 'server' });
      agent.span('work', (span) => span.setAttribute('key', 1).end());
      agent.recordException(new Error('lost'));
      await agent.flush();
      agent.stop();`;
    expect(inBareNode(script)).toEqual(readBy(name));
  });

  /** The attribution build of web-vitals asks for it at once, and Node.js loads it then. */
  const readBy = (name: string) => (name === 'vitals-attribution' ? ['PerformanceObserver'] : []);
});
