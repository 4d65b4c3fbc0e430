import { useEffect, useState } from 'react';

/** The current time, refreshed so that "12 s ago" stays true. */
export const useNow = (everyMs = 5000): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
};
