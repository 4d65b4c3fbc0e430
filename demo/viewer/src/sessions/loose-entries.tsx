import type { Entry } from '../model/story.js';
import { EntryRow } from './entry-row.js';

/** What happened before the first page view that is known. */
export const LooseEntries = ({ entries, from }: { entries: readonly Entry[]; from: number }) =>
  entries.length === 0 ? null : (
    <section className="loose">
      <h2>Without a page view</h2>
      <ol className="entries">
        {entries.map((entry) => (
          <EntryRow key={`${entry.time}${entry.kind}`} entry={entry} from={from} />
        ))}
      </ol>
    </section>
  );
