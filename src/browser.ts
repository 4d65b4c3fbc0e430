import { start } from './index.js';
import { defineGlobal } from './script-tag.js';
import { createGuard } from './util/guard.js';

// A fault of ours is not the page's.
if (typeof document !== 'undefined') createGuard()(defineGlobal)(start);
