// Runs before the first paint: a chosen theme never flashes in the other one, and the list comes together with the page
// where there is one to show.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  const hasDownloads = Object.keys(localStorage).some((key) => key.startsWith('job_') || key.startsWith('intent_'));
  if (hasDownloads) for (const href of (document.currentScript.dataset.list ?? '').split(' ')) fetchSoon(href);
} catch {
  // Storage is forbidden here: the page follows the system.
}

function fetchSoon(href) {
  const link = document.createElement('link');
  link.href = href;
  link.crossOrigin = '';
  link.rel = href.endsWith('.js') ? 'modulepreload' : 'preload';
  if (link.rel === 'preload') link.as = 'style';
  if (href !== '') document.head.append(link);
}
