import { useSearchParams } from 'react-router';

/** The filter of a list, kept in the page's address; `set` with an empty value takes a name out. */
export const useFilter = () => {
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return { search, set };
};
