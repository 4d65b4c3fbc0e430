import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { Icon } from './icon.js';
import { useDraft } from './use-draft.js';

interface SearchInputProps {
  value: string;
  onChange: (value: string) => void;
  /** Says what is searched, as placeholder and as name. */
  label: string;
  input: RefObject<HTMLInputElement | null>;
  onEnter?: (event: KeyboardEvent<HTMLInputElement>) => void;
  className?: string;
  children?: ReactNode;
}

/** A search field. Escape leaves it, with what was typed; the browser's own Escape would empty it. */
export const SearchInput = (props: SearchInputProps) => {
  const { value, onChange, label, input, onEnter, className = '', children } = props;
  const draft = useDraft(value, onChange);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.currentTarget.blur();
    } else if (event.key === 'Enter') {
      // First the search, then what is to be done with its result.
      if (draft.text === value) onEnter?.(event);
      else draft.commit();
    }
  };
  return (
    <div className={`search ${className}`}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        value={draft.text}
        placeholder={label}
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {children ?? (
        <span className="search-key" aria-hidden="true">
          /
        </span>
      )}
    </div>
  );
};
