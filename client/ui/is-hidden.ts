/** Whether nobody can see this tab. */
export const isHidden = () => document.hidden || document.visibilityState === 'hidden';

/** Calls back when the tab comes into sight or goes out of it. */
export function onVisibilityChange(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
