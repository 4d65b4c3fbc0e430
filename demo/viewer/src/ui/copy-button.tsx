import { useEffect, useState } from 'react';
import { Icon } from './icon.js';

export const CopyButton = ({ text, label }: { text: string; label: string }) => {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <button type="button" className="icon-button small" onClick={copy} title={label}>
      <Icon name={copied ? 'check' : 'copy'} size={14} />
      <span className="visually-hidden" role="status">
        {copied ? 'Copied' : label}
      </span>
    </button>
  );
};
