import type { Attributes, InstrumentationContext } from '../types.js';
import { safeText } from './describe-url.js';

/** Not yet in TypeScript's library: `PerformanceScriptTiming`, with the parts that are used. */
export interface ScriptTiming extends PerformanceEntry {
  readonly invoker: string;
  readonly sourceURL: string;
  readonly sourceFunctionName: string;
  readonly sourceCharPosition: number;
  readonly forcedStyleAndLayoutDuration: number;
}

/** Which script it was, and what it took. */
export const describeScript = (context: InstrumentationContext, script: ScriptTiming): Attributes => ({
  'code.function.name': script.sourceFunctionName,
  'rootspan.script.source': `${safeText(context, script.sourceURL)}:${script.sourceCharPosition}`,
  'rootspan.script.invoker': safeText(context, script.invoker),
  'rootspan.script.duration_ms': script.duration,
  'rootspan.script.forced_layout_ms': script.forcedStyleAndLayoutDuration,
});
