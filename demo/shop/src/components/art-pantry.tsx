export const HoneyJar = () => (
  <>
    <rect x="66" y="34" width="68" height="20" rx="7" fill="var(--linen)" />
    <path
      d="M70 54h60c10 6 14 12 14 22v44a18 18 0 0 1-18 18H74a18 18 0 0 1-18-18V76c0-10 4-16 14-22Z"
      fill="var(--honey)"
    />
    <path d="M70 54h60c6 4 10 8 12 12H58c2-4 6-8 12-12Z" fill="var(--honey-light)" />
    <rect x="68" y="80" width="64" height="40" rx="5" fill="var(--cream)" />
    <path d="m100 86 12 7v14l-12 7-12-7V93z" fill="none" stroke="var(--honey)" strokeWidth="4" />
    <circle cx="100" cy="100" r="5" fill="var(--iron)" />
    <path d="M64 78v40" className="shine" />
  </>
);

export const SourdoughStarter = () => (
  <>
    <path d="M62 38h76v86a14 14 0 0 1-14 14H76a14 14 0 0 1-14-14z" fill="var(--sky)" opacity=".75" />
    <path
      d="M62 74c10-12 18 2 28-6s16-6 24 2 14-8 24 2v52a14 14 0 0 1-14 14H76a14 14 0 0 1-14-14z"
      fill="var(--linen)"
    />
    <g fill="#fff" opacity=".65">
      <circle cx="78" cy="92" r="6" />
      <circle cx="98" cy="106" r="8" />
      <circle cx="122" cy="92" r="7" />
      <circle cx="84" cy="120" r="5" />
      <circle cx="120" cy="120" r="6" />
      <circle cx="102" cy="84" r="4" />
    </g>
    <path d="M52 38c0-18 96-18 96 0l-4 8c-20-6-68-6-88 0z" fill="var(--clay)" />
    <path d="M58 44c24-6 60-6 84 0" fill="none" stroke="var(--cream)" strokeWidth="4" />
    <path d="M138 42c10 4 14 12 12 20" fill="none" stroke="var(--cream)" strokeWidth="3" />
  </>
);

export const HerbPlanter = () => (
  <>
    <path
      d="M62 88c-2-30-2-40-6-58m6 40c-14 0-20-10-20-20 12 0 20 8 20 20Zm0-10c12-2 18-10 16-22-12 2-18 10-16 22Z"
      fill="var(--leaf)"
      stroke="var(--leaf)"
      strokeWidth="3"
    />
    <path
      d="M100 88V22m0 52c-8-2-12-6-14-14m14-4c-8-2-12-6-14-14m14 32c8-2 12-6 14-14m-14-4c8-2 12-6 14-14m-14 2c-4-8-4-14 0-22"
      fill="none"
      stroke="var(--leaf-deep)"
      strokeWidth="6"
      strokeLinecap="round"
    />
    <g fill="var(--leaf)">
      <circle cx="132" cy="66" r="13" />
      <circle cx="150" cy="62" r="11" />
      <circle cx="142" cy="46" r="13" />
      <circle cx="128" cy="50" r="9" />
    </g>
    <path d="M140 92V60" stroke="var(--leaf-deep)" strokeWidth="4" />
    <path d="M36 84h128v14H36z" fill="var(--clay)" />
    <path d="M42 98h116l-6 34H48z" fill="var(--clay)" />
    <path d="M42 98h116l-1 7H43z" fill="#000" opacity=".15" />
    <rect x="40" y="130" width="120" height="9" rx="4.5" fill="var(--clay-deep)" />
  </>
);

export const PicnicBasket = () => (
  <>
    <path d="M54 72c0-66 92-66 92 0" fill="none" stroke="var(--wood)" strokeWidth="8" />
    <path d="M124 62V34c0-4 12-4 12 0v28" fill="var(--leaf-deep)" />
    <path d="M40 78c0-18 30-26 44-12 14-12 40-8 44 4 14-8 32-4 32 8z" fill="var(--linen)" />
    <path d="M52 76c8-6 14-6 22 0m20 0c8-8 18-8 26 0" stroke="var(--tomato)" strokeWidth="4" fill="none" />
    <path d="M32 76h136l-8 54a10 10 0 0 1-10 8H50a10 10 0 0 1-10-8z" fill="var(--wood)" />
    <path d="M36 92h128M38 108h124M40 124h120" stroke="#000" opacity=".16" strokeWidth="3" />
    <path d="M60 80v56m20-56v56m20-56v56m20-56v56m20-56v56" stroke="#fff" opacity=".2" strokeWidth="3" />
    <path d="M62 76h12v30H62zm64 0h12v30h-12z" fill="var(--clay-deep)" />
    <path d="M64 98h8m56 0h8" stroke="var(--cream)" strokeWidth="3" />
  </>
);
