// Before the first paint: no flash of another theme, no key that was switched off.
try {
  const { dataset } = document.documentElement;
  for (const name of ['theme', 'letters']) if (localStorage[name]) dataset[name] = localStorage[name];
} catch {
  // Storage is forbidden here.
}
