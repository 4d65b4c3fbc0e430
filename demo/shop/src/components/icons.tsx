/** The shop's sign: a flame that is also a leaf. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
    <rect width="32" height="32" rx="9" fill="var(--accent)" />
    <path
      d="M16 5c5 4.6 7.5 8.6 7.5 12.9A7.6 7.6 0 0 1 16 25.6a7.6 7.6 0 0 1-7.5-7.7C8.5 13.6 11 9.6 16 5Z"
      fill="#fbf4e6"
    />
    <path
      d="M16 28V13.5m0 7.5 4-4m-4 7-4-4"
      stroke="var(--accent)"
      strokeWidth="1.7"
      strokeLinecap="round"
      fill="none"
    />
  </svg>
);

export const BasketIcon = () => (
  <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" className="line-icon">
    <path d="M3.5 10h17l-1.7 8.2a2 2 0 0 1-2 1.6H7.2a2 2 0 0 1-2-1.6L3.5 10Zm4-.2L10.7 4m5.8 5.8L13.3 4M9.5 13.5v3m5-3v3" />
  </svg>
);

export const CardIcon = () => (
  <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" className="line-icon">
    <path d="M3 7.5A2.5 2.5 0 0 1 5.5 5h13A2.5 2.5 0 0 1 21 7.5v9a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 16.5v-9ZM3 10h18M6.5 15h3" />
  </svg>
);

export const CheckIcon = () => (
  <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" className="line-icon">
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </svg>
);
