import type { KeyboardEvent, PointerEvent } from 'react';

const LEAST = 0.15;
const MOST = 0.65;
const KEY_STEP = 0.02;

/** The line between names and bars; it can be dragged, and moved with the arrow keys. */
export const NameDivider = ({ share, onChange }: { share: number; onChange: (share: number) => void }) => {
  const set = (next: number) => onChange(Math.min(Math.max(next, LEAST), MOST));
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (box) set((event.clientX - box.left) / box.width);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? -KEY_STEP : event.key === 'ArrowRight' ? KEY_STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    set(share + step);
  };
  return (
    <div className="time-lines">
      {/* biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be dragged; this is the ARIA window splitter. */}
      <div
        className="name-divider"
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the names"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={LEAST * 100}
        aria-valuemax={MOST * 100}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      />
    </div>
  );
};
