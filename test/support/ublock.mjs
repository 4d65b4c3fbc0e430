import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { runInstaller } from './programs.mjs';

const PACKAGE = 'webext-ublock-origin-firefox';

export const UBLOCK_ADVICE =
  'It takes a Firefox that loads unsigned extensions (ESR, or that of Debian), and uBlock Origin: where there is ' +
  'no apt-get, unpack its .xpi for Firefox and set ROOTSPAN_UBLOCK to the folder.';

/** The folder of an unpacked uBlock Origin: `ROOTSPAN_UBLOCK`, else the one that `ensureUblock` has kept. */
export const findUblock = () => {
  const given = process.env.ROOTSPAN_UBLOCK;
  if (given && !existsSync(join(given, 'manifest.json'))) {
    throw new Error(`ROOTSPAN_UBLOCK is ${JSON.stringify(given)}, where there is no manifest.json.`);
  }
  if (given) return given;
  return existsSync(kept()) ? kept() : undefined;
};

/** As `findUblock`, but unpacks Debian's package into the cache first. It is not installed, and needs no root. */
export const ensureUblock = () => {
  if (!findUblock()) unpackPackage();
  return findUblock();
};

const cache = () => process.env.ROOTSPAN_CACHE || join(homedir(), '.cache/rootspan');
const kept = () => join(cache(), 'ublock');

const unpackPackage = () => {
  mkdirSync(cache(), { recursive: true });
  const folder = mkdtempSync(`${kept()}-`);
  const isHere = (test) => filesOf(folder).find(test);
  const download = () => runInstaller('apt-get', ['download', PACKAGE], folder);
  const isPackage = (path) => path.endsWith('.deb');
  download();
  // A fresh machine has no lists of packages.
  if (!isHere(isPackage) && process.getuid?.() === 0) {
    runInstaller('apt-get', ['update']);
    download();
  }
  const packed = isHere(isPackage);
  if (packed) runInstaller('dpkg', ['-x', packed, folder]);
  const manifest = isHere((path) => path.endsWith('/manifest.json'));
  // At once, so that a broken download leaves nothing that looks whole.
  if (manifest && !existsSync(kept())) renameSync(dirname(manifest), kept());
  rmSync(folder, { recursive: true });
};

const filesOf = (folder) => readdirSync(folder, { recursive: true }).map((path) => join(folder, path));
