/** The picture at the head of the shop: a table by a window, early. */
export const Morning = () => (
  <svg
    className="scene"
    viewBox="0 0 520 360"
    role="img"
    aria-label="A kettle and two cups on a table by a window"
  >
    <rect x="150" y="16" width="290" height="236" rx="16" fill="var(--sky)" />
    <circle cx="352" cy="96" r="34" fill="var(--sun)" />
    <path
      d="M150 196c46-34 92-36 138-12s98 22 152-14v66a16 16 0 0 1-16 16H166a16 16 0 0 1-16-16z"
      fill="var(--hill)"
    />
    <path
      d="M150 222c64-22 120-20 168-4s88 14 122 0v18a16 16 0 0 1-16 16H166a16 16 0 0 1-16-16z"
      fill="var(--hill-near)"
    />
    <path d="M295 16v236M150 128h290" stroke="var(--paper)" strokeWidth="9" />
    <rect x="36" y="284" width="448" height="18" rx="9" fill="var(--wood)" />
    <path d="M78 302 66 352M442 302l12 50" stroke="var(--wood)" strokeWidth="13" strokeLinecap="round" />
    <g className="steam">
      <path d="M352 204c-9-11 9-18 0-30s9-18 0-28" />
      <path d="M374 208c-7-9 7-15 0-24s7-14 0-23" />
    </g>
    <path d="M322 222h82v30a32 32 0 0 1-32 32h-18a32 32 0 0 1-32-32z" fill="var(--clay)" />
    <path d="M404 232h8a15 15 0 0 1 0 30h-11" fill="none" stroke="var(--clay)" strokeWidth="9" />
    <path d="M252 246h48v18a20 20 0 0 1-20 20h-8a20 20 0 0 1-20-20z" fill="var(--cream)" />
    <path d="M252 246h48v7h-48z" fill="var(--accent)" opacity=".55" />
    <path d="M112 284c-14-58 6-94 56-94s70 36 56 94z" fill="var(--accent)" />
    <path d="M222 222c20-2 22-22 34-30l9 9c-9 9-11 40-38 50z" fill="var(--accent)" />
    <path
      d="M124 204c-8-50 96-50 88 0"
      fill="none"
      stroke="var(--ink-soft)"
      strokeWidth="8"
      strokeLinecap="round"
    />
    <path d="M146 190a22 10 0 0 1 44 0z" fill="var(--accent-deep)" />
    <circle cx="168" cy="176" r="7" fill="var(--wood)" />
    <path
      d="M130 262c-7-30 0-48 14-56"
      fill="none"
      stroke="#fff"
      strokeWidth="6"
      strokeLinecap="round"
      opacity=".35"
    />
    <path d="M56 284v-18h36v18z" fill="var(--cream)" />
    <path
      d="M74 266c-2-26 2-44 0-58m0 26c-14-2-20-12-20-24 14 0 20 10 20 24Zm0 16c14-2 20-12 20-24-14 0-20 10-20 24Z"
      fill="var(--leaf)"
      stroke="var(--leaf)"
      strokeWidth="3"
    />
  </svg>
);

export const SpilledCup = () => (
  <svg className="vignette" viewBox="0 0 240 130" aria-hidden="true">
    <ellipse cx="96" cy="106" rx="86" ry="13" fill="var(--wood)" opacity=".35" />
    <path d="M44 106c12-12 46-10 62-14s18 14 40 14-6 9-50 9-66-3-52-9Z" fill="var(--coffee)" />
    <g transform="rotate(-68 150 76)">
      <path d="M116 46h72v26a30 30 0 0 1-30 30h-12a30 30 0 0 1-30-30z" fill="var(--clay)" />
      <path d="M188 54h7a13 13 0 0 1 0 27h-10" fill="none" stroke="var(--clay)" strokeWidth="8" />
      <ellipse cx="152" cy="46" rx="36" ry="6" fill="var(--coffee)" />
    </g>
  </svg>
);

export const Parcel = () => (
  <svg className="vignette" viewBox="0 0 240 130" aria-hidden="true">
    <ellipse cx="120" cy="118" rx="78" ry="9" fill="var(--wood)" opacity=".3" />
    <path d="M60 50h120v66H60z" fill="var(--wood)" />
    <path d="M60 50h120l-12-22H72z" fill="var(--cream)" />
    <path d="M108 28h24l3 22v66h-30V50z" fill="var(--accent)" />
    <path
      d="M120 28c-26-2-34-12-28-19s22 0 28 19Zm0 0c26-2 34-12 28-19s-22 0-28 19Z"
      fill="none"
      stroke="var(--clay)"
      strokeWidth="6"
      strokeLinejoin="round"
    />
  </svg>
);

export const EmptyBasket = () => (
  <svg className="vignette" viewBox="0 0 240 130" aria-hidden="true">
    <ellipse cx="120" cy="118" rx="70" ry="8" fill="var(--wood)" opacity=".3" />
    <path d="M82 58c0-58 76-58 76 0" fill="none" stroke="var(--wood)" strokeWidth="7" strokeLinecap="round" />
    <path d="M58 58h124l-12 50a12 12 0 0 1-12 9H82a12 12 0 0 1-12-9z" fill="var(--wood)" />
    <path
      d="M66 74h108M70 92h100M94 60l5 55M120 60v55m26-55-5 55"
      stroke="var(--paper)"
      strokeWidth="3"
      opacity=".5"
    />
  </svg>
);

export const Hourglass = () => (
  <svg className="vignette hourglass" viewBox="0 0 240 130" aria-hidden="true">
    <path d="M92 14h56M92 116h56" stroke="var(--wood)" strokeWidth="9" strokeLinecap="round" />
    <path d="M98 19h44c0 26-18 32-18 46s18 20 18 46H98c0-26 18-32 18-46S98 45 98 19Z" fill="var(--sky)" />
    <path d="M104 36h32c-4 12-12 17-13 27h-6c-1-10-9-15-13-27Z" fill="var(--sun)" />
    <path d="M101 111c2-12 12-16 19-16s17 4 19 16z" fill="var(--sun)" />
    <path className="sand" d="M120 62v34" stroke="var(--sun)" strokeWidth="3" strokeDasharray="3 4" />
  </svg>
);
