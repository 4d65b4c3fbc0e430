import { useRef } from 'react';
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { type LiveState, useLive } from '../data/live.js';
import { useKey } from '../data/use-keys.js';
import { useTheme } from '../data/use-theme.js';
import { Icon } from './icon.js';
import { RenderBoundary } from './render-boundary.js';
import { ShortcutsDialog } from './shortcuts.js';

/** The frame of every page. */
export const Shell = () => {
  const shortcuts = useRef<HTMLDialogElement>(null);
  const navigate = useNavigate();
  const { key } = useLocation();
  const showShortcuts = () => shortcuts.current?.showModal();
  useKey('?', showShortcuts);
  useKey('T', () => navigate('/traces'));
  useKey('S', () => navigate('/sessions'));
  useKey('E', () => navigate('/errors'));
  return (
    <div className="shell">
      <header className="topbar">
        <NavLink to="/traces" className="brand" aria-label="rootspan, all traces">
          <Mark />
          <span className="brand-name">rootspan</span>
        </NavLink>
        <nav aria-label="Pages">
          <NavLink to="/traces">Traces</NavLink>
          <NavLink to="/sessions">Sessions</NavLink>
          <NavLink to="/errors">Errors</NavLink>
        </nav>
        <div className="topbar-tools">
          <LiveButton />
          <button
            type="button"
            className="icon-button wide-only"
            onClick={showShortcuts}
            title="Keyboard shortcuts (?)"
          >
            <Icon name="keyboard" />
            <span className="visually-hidden">Keyboard shortcuts</span>
          </button>
          <ThemeButton />
        </div>
      </header>
      <RenderBoundary visit={key}>
        <Outlet />
      </RenderBoundary>
      <ShortcutsDialog ref={shortcuts} />
    </div>
  );
};

const Mark = () => (
  <svg className="mark" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
    <rect x="1" y="3" width="20" height="4" rx="2" />
    <rect x="5" y="9" width="11" height="4" rx="2" />
    <rect x="10" y="15" width="7" height="4" rx="2" />
  </svg>
);

const LIVE_TEXT: Record<LiveState, string> = {
  connecting: 'Connecting',
  open: 'Live',
  lost: 'Reconnecting',
  paused: 'Paused',
};

const LiveButton = () => {
  const { state, toggle } = useLive();
  const hint = state === 'paused' ? 'Follow new traces again' : 'Stop following new traces';
  return (
    <button
      type="button"
      className={`live ${state}`}
      aria-pressed={state !== 'paused'}
      onClick={toggle}
      title={hint}
    >
      <span className="live-dot" aria-hidden="true" />
      {LIVE_TEXT[state]}
    </button>
  );
};

const ThemeButton = () => {
  const { theme, toggle } = useTheme();
  const label = theme === 'dark' ? 'Switch to light' : 'Switch to dark';
  return (
    <button type="button" className="icon-button" onClick={toggle} title={label}>
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
      <span className="visually-hidden">{label}</span>
    </button>
  );
};
