import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ZIPKIN = '3.6.1';

const cache = process.env.ROOTSPAN_CACHE || join(homedir(), '.cache/rootspan');
const sources = fileURLToPath(new URL('collector', import.meta.url));

/** Before the first test, so that nobody builds the same twice at once. */
export const setup = () => {
  installCollector();
  installZipkin();
};

/** The path of an OpenTelemetry Collector, built from `collector/` when there is none yet: that takes minutes. */
export const installCollector = () => {
  const target = join(cache, `collector-${hashOf(sources)}`);
  return cached(target, (path) => {
    // One compiler at a time, and only when nothing else wants the machine.
    run('nice', ['-n', '19', 'go', 'build', '-p', '1', '-trimpath', '-ldflags=-s -w', '-o', path, '.'], {
      cwd: sources,
      advice: 'The OpenTelemetry Collector is built from source: install Go 1.26 or newer.',
    });
  });
};

/** The path of Zipkin's server, one jar that holds everything; fetched by Maven when it is not there. */
export const installZipkin = () => {
  run('java', ['-version'], { advice: 'Zipkin runs in Java: install Java 17 or newer.', stdio: 'ignore' });
  const folder = join(cache, `zipkin-${ZIPKIN}-part-${process.pid}`);
  return cached(join(cache, `zipkin-${ZIPKIN}.jar`), (path) => {
    mkdirSync(folder, { recursive: true });
    const artifact = `-Dartifact=io.zipkin:zipkin-server:${ZIPKIN}:jar:exec`;
    run('mvn', ['-q', '-B', 'dependency:copy', artifact, `-DoutputDirectory=${folder}`], {
      cwd: folder,
      advice: 'Zipkin comes by Maven: install Maven 3.',
    });
    renameSync(join(folder, `zipkin-server-${ZIPKIN}-exec.jar`), path);
    rmSync(folder, { recursive: true });
  });
};

/** `make` writes to a path of its own, so that a broken build, or two at once, leave nothing half done. */
const cached = (target, make) => {
  if (existsSync(target)) return target;
  mkdirSync(cache, { recursive: true });
  console.log(`> ${target} is not there yet`);
  const part = `${target}.${process.pid}`;
  make(part);
  renameSync(part, target);
  return target;
};

const run = (command, parameters, { advice, ...options }) => {
  const { error, status } = spawnSync(command, parameters, { stdio: 'inherit', ...options });
  if (error || status !== 0) throw new Error(advice, { cause: error ?? `${command} ended with ${status}` });
};

const hashOf = (folder) => {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
};
