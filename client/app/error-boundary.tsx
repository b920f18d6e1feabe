import './error-boundary.css';
import { Component, Suspense, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { retryIcon } from '../ui/icons.ts';
import { latePart } from '../ui/late-part.ts';

const CrashHelp = latePart(() => import('./crash-help.tsx'));

/** Shows a way back when the page itself fails. The downloads go on: they need no page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <main className="crash">
        <div role="alert">
          <h1>This page has stopped working.</h1>
          <p>Your downloads go on. They run on the server and need no page open.</p>
        </div>
        <div className="crash-actions">
          <Button look="ink" large icon={retryIcon} onClick={() => window.location.assign('/')}>
            Reload
          </Button>
          <Suspense>
            <CrashHelp error={error} />
          </Suspense>
        </div>
      </main>
    );
  }
}
