// Runs before the first paint, so that a chosen theme never flashes in the other one, and no key does what it should not.
try {
  const { dataset } = document.documentElement;
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') dataset.theme = theme;
  if (localStorage.getItem('letters') === 'off') dataset.letters = 'off';
} catch {
  // Storage is forbidden here: the page follows the system.
}
