export const StonewareMug = () => (
  <>
    <path d="M134 70h8a20 20 0 0 1 0 40h-10" fill="none" stroke="var(--clay)" strokeWidth="10" />
    <path d="M64 50h72v66a20 20 0 0 1-20 20H84a20 20 0 0 1-20-20z" fill="var(--cream)" />
    <path d="M64 92c12 8 22-6 36 0s24 8 36 0v24a20 20 0 0 1-20 20H84a20 20 0 0 1-20-20z" fill="var(--clay)" />
    <ellipse cx="100" cy="50" rx="36" ry="7" fill="var(--coffee)" />
    <path d="M74 66v28" className="shine" />
    <g className="steam">
      <path d="M92 36c-7-8 7-12 0-22m18 22c-7-8 7-12 0-22" />
    </g>
  </>
);

export const Teapot = () => (
  <>
    <path d="M62 70C60 18 140 18 138 70" fill="none" stroke="var(--iron)" strokeWidth="6" />
    <path d="M138 96c20-2 18-22 32-28l6 9c-12 6-12 36-40 40z" fill="var(--iron)" />
    <path
      d="M52 102c0-28 20-40 48-40s48 12 48 40c0 20-12 34-26 34H78c-14 0-26-14-26-34Z"
      fill="var(--iron)"
    />
    <path d="M74 65a26 10 0 0 1 52 0z" fill="var(--iron-light)" />
    <circle cx="100" cy="52" r="6" fill="var(--copper)" />
    <path
      d="M64 100h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4M70 112h4m8 0h4m8 0h4m8 0h4m8 0h4"
      stroke="var(--iron-light)"
      strokeWidth="4"
      strokeLinecap="round"
    />
    <path d="M64 88c4-10 12-15 20-17" className="shine" />
  </>
);

export const SaladBowl = () => (
  <>
    <path d="M58 76c-8-20 10-36 26-26 4-18 30-18 36-2 18-8 34 8 24 28z" fill="var(--leaf)" />
    <path
      d="M76 76c-4-14 8-24 18-16m14 16c-2-16 14-24 24-12"
      fill="none"
      stroke="var(--leaf-deep)"
      strokeWidth="4"
      strokeLinecap="round"
    />
    <circle cx="92" cy="66" r="9" fill="var(--tomato)" />
    <circle cx="126" cy="68" r="7" fill="var(--tomato)" />
    <path d="M34 76h132c0 38-26 60-48 60H82c-22 0-48-22-48-60Z" fill="var(--wood)" />
    <path d="M34 76h132c0 4 0 7-1 10H35c-1-3-1-6-1-10Z" fill="#fff" opacity=".22" />
    <path
      d="M50 104c16 8 40-4 58 2s28 6 40 0M64 122c14 5 30-3 44 0s18 3 26 0"
      fill="none"
      stroke="#000"
      strokeWidth="2.5"
      opacity=".13"
    />
  </>
);

export const CopperSaucepan = () => (
  <>
    <path d="M130 84h52a6 6 0 0 1 0 12h-52z" fill="var(--iron)" />
    <path d="M36 70h100v46a20 20 0 0 1-20 20H56a20 20 0 0 1-20-20z" fill="var(--copper)" />
    <path d="M56 70h14v66H56a20 20 0 0 1-5-.600V70z" fill="#fff" opacity=".22" />
    <rect x="31" y="64" width="110" height="10" rx="5" fill="var(--copper-light)" />
    <path d="M44 64a42 16 0 0 1 84 0z" fill="var(--copper)" />
    <path d="M78 46c0-14 16-14 16 0" fill="none" stroke="var(--iron)" strokeWidth="6" />
    <circle cx="122" cy="90" r="3" fill="var(--iron)" />
    <circle cx="130" cy="90" r="3" fill="var(--iron)" />
  </>
);
