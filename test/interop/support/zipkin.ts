import { setTimeout as sleep } from 'node:timers/promises';
import { installZipkin } from '../backends/install.mjs';
import { freePort, type ServerProcess, startProcess } from './process.js';

/** A span as Zipkin's own query API gives it. */
export interface ZipkinSpan {
  traceId: string;
  id: string;
  parentId?: string;
  name: string;
  kind?: string;
  /** Epoch microseconds. */
  timestamp: number;
  duration?: number;
  localEndpoint?: { serviceName?: string };
  tags?: Record<string, string>;
  annotations?: { timestamp: number; value: string }[];
}

export interface Zipkin extends ServerProcess {
  /** Where it takes spans. */
  readonly endpoint: string;
  /** The spans of a trace, as soon as `isWhole` is true of them. */
  trace(traceId: string, isWhole: (spans: ZipkinSpan[]) => boolean): Promise<ZipkinSpan[]>;
}

/** Starts Zipkin with its storage in memory. */
export const startZipkin = async (): Promise<Zipkin> => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const memory = ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const server = await startProcess(
    [
      ...['java', ...memory, '-jar', installZipkin(), '--logging.level.root=WARN'],
      ...[
        '--armeria.ports[0].ip=127.0.0.1',
        `--armeria.ports[0].port=${port}`,
        '--armeria.ports[0].protocols[0]=http',
      ],
    ],
    `${origin}/health`,
    { STORAGE_TYPE: 'mem', SELF_TRACING_ENABLED: 'false', QUERY_PORT: `${port}` },
  );
  return {
    ...server,
    endpoint: `${origin}/api/v2/spans`,
    trace: async (traceId, isWhole) => {
      let spans: ZipkinSpan[] = [];
      for (let attempt = 0; attempt < 200; attempt++) {
        const response = await fetch(`${origin}/api/v2/trace/${traceId}`);
        if (response.ok) spans = (await response.json()) as ZipkinSpan[];
        if (isWhole(spans)) return spans;
        await sleep(100);
      }
      throw new Error(
        `In Zipkin ${traceId} has only ${spans.map(({ name }) => name).join(', ') || 'nothing'}.`,
      );
    },
  };
};
