import { lazy, type ComponentType } from 'react';

/** A view that is fetched when it is first shown, and left out when it cannot be had: for what the page can do without. */
export function lateView<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(() => load().catch((): { default: ComponentType<Props> } => ({ default: () => null })));
}
