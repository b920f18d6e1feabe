try {
  const { dataset } = document.documentElement;
  for (const name of ['theme', 'letters']) if (localStorage[name]) dataset[name] = localStorage[name];
} catch {}
