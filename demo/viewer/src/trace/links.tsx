import { Link } from 'react-router';
import { plural } from '../model/format.js';
import type { SpanLink } from '../model/types.js';
import { Icon } from '../ui/icon.js';
import { AttributeTable } from './attribute-table.js';

/** Spans of this or another trace, at the other end of a link. */
export const Links = ({ links, dropped }: { links: readonly SpanLink[]; dropped: number }) => (
  <>
    {links.map((link) => (
      <div key={`${link.traceId}${link.spanId}`} className="span-link">
        <Link to={`/traces/${link.traceId}?span=${link.spanId}`}>
          <Icon name="link" size={14} /> {link.name ?? `Span ${link.spanId.slice(0, 8)}, not stored`}
          <code className="faint">{link.traceId.slice(0, 8)}</code>
        </Link>
        <AttributeTable attributes={link.attributes} dropped={0} />
      </div>
    ))}
    {dropped > 0 && <p className="note">{plural(dropped, 'link')} dropped</p>}
  </>
);
