import type { RootOptions } from 'react-dom/client';
import { bringTelemetry, tell } from './telemetry.ts';
import type { Trouble } from './words.ts';

type Noticed = Omit<Trouble, 'error' | 'at'>;

let noticedByReact: Noticed | null = null;

/** Each hands over to the browser, which shows the error to developers and tells of it in one place: below. */
const hook = (how: Noticed['how']) => (error: unknown, { componentStack }: { componentStack?: string | undefined }) => {
  noticedByReact = { how, components: componentStack };
  reportError(error);
  noticedByReact = null;
};

/** For the root of the page: what React notices. */
export const troubleHooks: RootOptions = {
  onCaughtError: hook('caught'),
  onUncaughtError: hook('uncaught'),
  onRecoverableError: hook('recoverable'),
};

function notice(error: unknown, noticed: Noticed): void {
  tell({ error, at: Date.now(), ...noticed });
  void bringTelemetry();
}

// Before anything else is run, so that nothing is missed.
window.addEventListener('error', ({ error, message }) => notice(error ?? message, noticedByReact ?? { how: 'error' }));
window.addEventListener('unhandledrejection', ({ reason }) => notice(reason, { how: 'rejection' }));
