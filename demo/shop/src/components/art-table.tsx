export const BreadKnife = () => (
  <>
    <path
      d="M34 118c-6-34 22-60 62-60s70 22 70 52c0 18-8 26-22 26H54c-12 0-19-6-20-18Z"
      fill="var(--crust)"
    />
    <path
      d="M66 72c8 4 12 12 12 20m10-28c8 5 13 13 13 22m12-22c8 5 12 12 12 20"
      stroke="var(--cream)"
      strokeWidth="6"
      strokeLinecap="round"
      fill="none"
    />
    <g transform="rotate(-12 100 44)">
      <path d="M52 34h104c10 0 16 6 18 14H52z" fill="var(--steel)" />
      <path
        d="M60 48c3 4 7 4 10 0 3 4 7 4 10 0 3 4 7 4 10 0 3 4 7 4 10 0 3 4 7 4 10 0 3 4 7 4 10 0 3 4 7 4 10 0 3 4 7 4 10 0"
        fill="var(--steel)"
      />
      <rect x="8" y="32" width="48" height="17" rx="8" fill="var(--wood)" />
      <circle cx="22" cy="40.5" r="2.5" fill="var(--cream)" />
      <circle cx="40" cy="40.5" r="2.5" fill="var(--cream)" />
    </g>
  </>
);

export const WoodenSpoon = () => (
  <>
    <g transform="rotate(38 100 80)">
      <ellipse cx="100" cy="32" rx="22" ry="30" fill="var(--wood)" />
      <ellipse cx="100" cy="31" rx="14" ry="21" fill="#000" opacity=".14" />
      <path d="M95 58h10l3 92a8 8 0 0 1-16 0z" fill="var(--wood)" />
      <path
        d="M98 74c3 14-1 26 1 40m4-36c2 20-1 34 1 52"
        fill="none"
        stroke="#000"
        opacity=".15"
        strokeWidth="2"
      />
    </g>
    <path
      d="M48 126c-10-14-6-30 4-42 8 14 8 30-4 42Zm0 0c12-2 26-10 30-24-16-2-28 8-30 24Z"
      fill="var(--leaf)"
    />
    <ellipse cx="74" cy="126" rx="9" ry="11" fill="var(--leaf-deep)" />
  </>
);

export const LinenNapkins = () => (
  <>
    <path d="M36 118h128v14a6 6 0 0 1-6 6H42a6 6 0 0 1-6-6z" fill="var(--sky)" />
    <path d="M40 98h120v20H40z" fill="var(--cream)" />
    <path d="M44 80h112v18H44z" fill="var(--clay)" />
    <path d="M48 74c20-12 84-12 104 0v8H48z" fill="var(--linen)" />
    <path
      d="M44 88h112M40 108h120M36 127h128"
      stroke="#fff"
      strokeWidth="2"
      opacity=".5"
      strokeDasharray="5 4"
    />
    <path d="M92 66h16v72H92z" fill="var(--accent)" opacity=".85" />
    <path
      d="M100 66c-24-2-30-14-24-20s20 4 24 20Zm0 0c24-2 30-14 24-20s-20 4-24 20Z"
      fill="none"
      stroke="var(--accent)"
      strokeWidth="6"
      strokeLinejoin="round"
    />
  </>
);

export const Candle = () => (
  <>
    <ellipse className="glow" cx="100" cy="34" rx="40" ry="36" fill="var(--sun)" opacity=".28" />
    <path
      className="flame"
      d="M100 12c12 14 14 22 14 28a14 14 0 0 1-28 0c0-6 2-14 14-28Z"
      fill="var(--sun)"
    />
    <path d="M100 30c5 6 6 9 6 13a6 6 0 0 1-12 0c0-4 1-7 6-13Z" fill="#fff" opacity=".75" />
    <path d="M100 48v14" stroke="var(--iron)" strokeWidth="3" />
    <path d="M78 66c8-8 34-8 44 0v62H78z" fill="var(--honey)" />
    <path
      d="M78 66c0 8 6 8 6 16s8 8 8-2 10-4 10 4 8 6 8-2 12-4 12-14c-8-8-34-8-44-2Z"
      fill="var(--honey-light)"
    />
    <path d="M58 126h84l-6 10a6 6 0 0 1-5 3H69a6 6 0 0 1-5-3z" fill="var(--copper)" />
    <path d="M142 128c16-2 16 10 2 10" fill="none" stroke="var(--copper)" strokeWidth="5" />
  </>
);
