import { type HTMLAttributes, useId } from 'react';
import type { Facet } from '../model/types.js';
import { useDraft } from '../ui/use-draft.js';

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  options?: readonly Facet[];
  invalid?: boolean;
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
}

/** A text field that reports after a pause in typing, or at once on Enter. */
export const FilterField = ({
  label,
  value,
  onChange,
  placeholder,
  options,
  invalid,
  inputMode,
}: FieldProps) => {
  const id = useId();
  const draft = useDraft(value, onChange);
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <input
        value={draft.text}
        placeholder={placeholder}
        inputMode={inputMode}
        list={options ? id : undefined}
        aria-invalid={invalid}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && draft.commit()}
        onBlur={draft.commit}
      />
      {options && (
        <datalist id={id}>
          {options.map((option) => (
            <option key={option.value} value={option.value} label={`${option.count}`} />
          ))}
        </datalist>
      )}
    </label>
  );
};
