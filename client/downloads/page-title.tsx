import { useEffect } from 'react';

/** The tab's title and mark tell how many files are ready. */
export function PageTitle({ ready }: { ready: number }) {
  useEffect(() => {
    tell(ready);
    return () => tell(0);
  }, [ready]);
  return null;
}

function tell(ready: number): void {
  const icon = document.querySelector('link[rel=icon]');
  icon?.setAttribute('href', ready > 0 ? '/favicon-ready.svg' : '/favicon.svg');
  document.title = ready > 0 ? `(${ready}) Downloads` : 'Downloads';
}
