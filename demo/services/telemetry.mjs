/** What the OpenTelemetry SDK of a service reads at its start. */
export const telemetryEnvironment = (serviceName, { otlpEndpoint, otlpProtocol = 'http/protobuf' }) => ({
  OTEL_SERVICE_NAME: serviceName,
  OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=demo',
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint,
  OTEL_EXPORTER_OTLP_PROTOCOL: otlpProtocol,
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  // Short, so that a viewer is live.
  OTEL_BSP_SCHEDULE_DELAY: '500',
  OTEL_PROPAGATORS: 'tracecontext,baggage',
  OTEL_TRACES_SAMPLER: 'parentbased_always_on',
  // The stable names of attributes, `db.query.text` rather than `db.statement`.
  OTEL_SEMCONV_STABILITY_OPT_IN: 'http,database',
  OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,express,pg,undici',
  // Neither the machine's name nor paths on it.
  OTEL_NODE_RESOURCE_DETECTORS: 'env,serviceinstance',
});
