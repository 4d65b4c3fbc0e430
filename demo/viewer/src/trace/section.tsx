import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  count: number;
  children: ReactNode;
  closed?: boolean;
  hideEmpty?: boolean;
}

export const Section = ({ title, count, children, closed, hideEmpty }: SectionProps) =>
  hideEmpty && count === 0 ? null : (
    <details className="section" open={!closed}>
      <summary>
        {title} <span className="faint">{count}</span>
      </summary>
      {children}
    </details>
  );
