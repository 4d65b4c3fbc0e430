export interface ReadRequest {
  /** One sentence each, beginning with the place; empty when the request is legal and arrives without loss. */
  problems: string[];
  /** The request as protobuf; undefined when it cannot be read at all. */
  bytes: Uint8Array | undefined;
  /** The request as OTLP/JSON after protobuf and back: ids hex, 64-bit integers strings, defaults left out. */
  decoded: Record<string, unknown> | undefined;
}

export function readRequest(signal: 'traces' | 'logs' | 'metrics', json: unknown): ReadRequest;
export function traceProblems(json: unknown): string[];
export function encodeTraceRequest(json: unknown): Uint8Array | undefined;
export function decodeTraceRequest(bytes: Uint8Array): Record<string, unknown>;
