import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import process from 'node:process';
import { PGlite } from '@electric-sql/pglite';

const { dependencies } = createRequire(import.meta.url)('../../package.json');
const CACHE = new URL('../../.cache/', import.meta.url);
const TEMPLATE = new URL(`pglite-${dependencies['@electric-sql/pglite']}.tar`, CACHE);

/**
 * A PostgreSQL database, in memory unless `dataDir` is given. To make one from nothing takes seconds of work, so the
 * first start keeps a copy of the empty one for those that follow.
 */
export const createDatabase = async (dataDir) => {
  if (dataDir) return PGlite.create(dataDir);
  const template = await readFile(TEMPLATE).catch(() => undefined);
  if (template) return PGlite.create({ loadDataDir: new Blob([template]) });
  const database = await PGlite.create();
  // Where nothing can be written the next start takes as long as this one.
  await keepTemplate(database).catch(() => {});
  return database;
};

// Renamed when it is whole: another start may read at any time.
const keepTemplate = async (database) => {
  const dump = await database.dumpDataDir('none');
  const unfinished = new URL(`${process.pid}.tmp`, CACHE);
  await mkdir(CACHE, { recursive: true });
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, TEMPLATE);
};
