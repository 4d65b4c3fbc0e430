// Reads one JSON object a line, {"format": …, "headers": {…}}, and writes what the official propagators for Go
// understand of it, or null.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"github.com/DataDog/dd-trace-go/v2/ddtrace/tracer"
	"go.opentelemetry.io/contrib/propagators/aws/xray"
	"go.opentelemetry.io/contrib/propagators/b3"
	"go.opentelemetry.io/contrib/propagators/jaeger"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

type question struct {
	Format  string            `json:"format"`
	Headers map[string]string `json:"headers"`
}

type answer struct {
	TraceID    string            `json:"traceId,omitempty"`
	SpanID     string            `json:"spanId,omitempty"`
	Sampled    bool              `json:"sampled"`
	TraceState string            `json:"traceState,omitempty"`
	Baggage    map[string]string `json:"baggage,omitempty"`
}

var propagators = map[string]propagation.TextMapPropagator{
	"w3c":     propagation.TraceContext{},
	"baggage": propagation.Baggage{},
	"b3":      b3.New(b3.WithInjectEncoding(b3.B3SingleHeader)),
	"b3multi": b3.New(b3.WithInjectEncoding(b3.B3MultipleHeader)),
	"jaeger":  jaeger.Jaeger{},
	"xray":    xray.Propagator{},
}

func main() {
	// Its own format alone: it would read traceparent too.
	_ = os.Setenv("DD_TRACE_PROPAGATION_STYLE", "datadog")
	datadog := tracer.NewPropagator(&tracer.PropagatorConfig{MaxTagsHeaderLen: 512})
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		headers := http.Header{}
		for name, value := range asked.Headers {
			headers.Set(name, value)
		}
		if asked.Format == "datadog" {
			_ = out.Encode(readDatadog(datadog, headers))
		} else {
			_ = out.Encode(readOpenTelemetry(propagators[asked.Format], headers))
		}
	}
}

func readOpenTelemetry(propagator propagation.TextMapPropagator, headers http.Header) *answer {
	found := propagator.Extract(context.Background(), propagation.HeaderCarrier(headers))
	members := map[string]string{}
	for _, member := range baggage.FromContext(found).Members() {
		members[member.Key()] = member.Value()
	}
	span := trace.SpanContextFromContext(found)
	if !span.IsValid() {
		if len(members) == 0 {
			return nil
		}
		return &answer{Baggage: members}
	}
	return &answer{
		TraceID:    span.TraceID().String(),
		SpanID:     span.SpanID().String(),
		Sampled:    span.IsSampled(),
		TraceState: span.TraceState().String(),
		Baggage:    members,
	}
}

func readDatadog(propagator tracer.Propagator, headers http.Header) *answer {
	found, err := propagator.Extract(tracer.HTTPHeadersCarrier(headers))
	if err != nil || found == nil || found.SpanID() == 0 {
		return nil
	}
	priority, isSet := found.SamplingPriority()
	return &answer{
		TraceID: found.TraceID(),
		SpanID:  fmt.Sprintf("%016x", found.SpanID()),
		Sampled: !isSet || priority > 0,
	}
}
