// A file of its own, loaded before the first paint: no flash of the wrong theme, and no inline script.
try {
  const theme = localStorage.getItem('rootspan.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme applies.
}
