interface QuantityProps {
  name: string;
  value: number;
  min?: number;
  max?: number;
  onChange: (value: number) => void;
}

/** Minus, number, plus. */
export const Quantity = ({ name, value, min = 1, max = 20, onChange }: QuantityProps) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset would ask for a legend that repeats the label.
  <div className="quantity" role="group" aria-label={`Quantity of ${name}`}>
    <button type="button" aria-label="One less" disabled={value <= min} onClick={() => onChange(value - 1)}>
      −
    </button>
    <output>{value}</output>
    <button type="button" aria-label="One more" disabled={value >= max} onClick={() => onChange(value + 1)}>
      +
    </button>
  </div>
);
