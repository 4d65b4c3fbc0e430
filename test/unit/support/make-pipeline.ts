import type { Buffer } from '../../../src/export/buffer.js';
import { createPipeline } from '../../../src/export/pipeline.js';
import type { Processor } from '../../../src/types.js';
import { createGuard } from '../../../src/util/guard.js';

/** The way from `end()` to the buffer, through the processors of the application. */
export const makePipeline = (processors: unknown[], buffer: Pick<Buffer, 'add' | 'drop'>) =>
  // Whatever an application may have given.
  createPipeline(processors as Processor[], createGuard(), buffer);
