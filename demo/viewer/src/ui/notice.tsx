import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ApiError } from '../data/api.js';
import { Icon } from './icon.js';

interface NoticeProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** What stands where there is nothing to show: why, and what to do about it. */
export const Notice = ({ title, children, action }: NoticeProps) => (
  <div className="notice">
    <h2>{title}</h2>
    {children && <div className="notice-text">{children}</div>}
    {action && <div className="notice-action">{action}</div>}
  </div>
);

/** The way out of a page that is none. */
export const ToTraces = () => (
  <Link className="button" to="/traces">
    Go to the traces
  </Link>
);

interface FailureProps {
  what: string;
  error: Error;
  onRetry: () => void;
}

export const Failure = ({ what, error, onRetry }: FailureProps) => (
  <div role="alert">
    <Notice
      title={`Could not load ${what}`}
      action={
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      }
    >
      {error instanceof ApiError
        ? `${error.message}.`
        : 'The collector cannot be reached. If it was stopped, start it again with npm run demo.'}
    </Notice>
  </div>
);

/** Shown beside old data when a refresh failed. */
export const Stale = ({ onRetry }: { onRetry: () => void }) => (
  <div className="stale" role="status">
    <Icon name="error" size={14} /> This may be out of date: the collector did not answer.
    <button type="button" className="link-button" onClick={onRetry}>
      Try again
    </button>
  </div>
);

/** Grey rows in the place of what is coming; they appear only if that takes a moment. */
export const Skeleton = ({ rows, label }: { rows: number; label: string }) => (
  <div className="skeleton" role="status" aria-label={label}>
    {Array.from({ length: rows }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity and never move.
      <div key={index} className="skeleton-row" />
    ))}
  </div>
);

export const NotFound = () => (
  <main className="page">
    <Notice title="There is no such page" action={<ToTraces />}>
      The address does not belong to the viewer.
    </Notice>
  </main>
);
