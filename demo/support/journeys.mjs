import { brokenPage } from './journeys/broken.mjs';
import { browseAndBuy } from './journeys/buy.mjs';
import { declinedPayment } from './journeys/declined.mjs';
import { plainPage } from './journeys/plain.mjs';
import { everySignal } from './journeys/signals.mjs';
import { slowPage } from './journeys/slow.mjs';
import { unsampledVisit } from './journeys/unsampled.mjs';

/**
 * What seven visitors do; their browser sends as `service`, by default `shop-web`. `walk` returns the traces worth a
 * look, the most telling first. `check` runs when the visitor has left: it throws when something is not as it should
 * be, and returns sentences to print. Those who stay long come first, so that the last ones are soon done.
 */
export const JOURNEYS = [
  browseAndBuy,
  everySignal,
  slowPage,
  declinedPayment,
  brokenPage,
  plainPage,
  unsampledVisit,
];
