import { parseArgs } from 'node:util';

const LARGEST_PORT = 65_535;

const FLAGS = {
  drive: { type: 'boolean', default: false },
  exit: { type: 'boolean', default: false },
  headed: { type: 'boolean', default: false },
  screenshot: { type: 'string' },
  data: { type: 'string', default: 'demo/.data' },
  help: { type: 'boolean', default: false },
};

export const USAGE = `npm run demo [-- options]

  --drive              visit the shop with a real browser: seven journeys
  --headed             with --drive: show the browser
  --screenshot <file>  with --drive: picture of the checkout's trace in the viewer
  --exit               with --drive: stop when the journeys are done
  --data <folder>      where the collector keeps its file (default demo/.data)

  SHOP_PORT, VIEWER_PORT          ports to use instead of free ones
  DATABASE_URL                    a PostgreSQL server instead of the embedded one
  OTEL_EXPORTER_OTLP_ENDPOINT     an OTLP/HTTP collector instead of the embedded one and its viewer`;

/** What the command line and the environment ask for. A mistake is thrown as one sentence. */
export const readOptions = (args, environment) => {
  const { values } = parseArgs({ args, options: FLAGS });
  return {
    ...values,
    drive: values.drive || values.screenshot !== undefined,
    shopPort: readPort(environment, 'SHOP_PORT'),
    viewerPort: readPort(environment, 'VIEWER_PORT'),
    databaseUrl: environment.DATABASE_URL || undefined,
    ...readExporter(environment),
  };
};

const readPort = (environment, name) => {
  const text = environment[name];
  if (!text) return 0;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= LARGEST_PORT) return port;
  throw new Error(`${name} is "${text}"; give a port number from 0 (any free one) to ${LARGEST_PORT}.`);
};

const readExporter = ({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: protocol }) => {
  if (!endpoint) return { otlpEndpoint: undefined, otlpProtocol: undefined };
  if (protocol === 'grpc') {
    throw new Error(
      'A browser cannot send OTLP over gRPC: give the OTLP/HTTP endpoint and unset OTEL_EXPORTER_OTLP_PROTOCOL.',
    );
  }
  if (!/^https?:/.test(endpoint) || !URL.canParse(endpoint)) {
    throw new Error(
      `OTEL_EXPORTER_OTLP_ENDPOINT is "${endpoint}"; give a URL such as http://127.0.0.1:4318.`,
    );
  }
  return { otlpEndpoint: endpoint.replace(/\/+$/, ''), otlpProtocol: protocol || undefined };
};
