import { troubleHooks } from './telemetry/early-troubles.ts';
import './ui/tokens.css';
import './ui/fonts.css';
import './ui/base.css';
import './ui/switch.css';
import './ui/bare-input.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { ErrorBoundary } from './app/error-boundary.tsx';

const root = document.getElementById('root');
if (root) {
  createRoot(root, troubleHooks).render(
    <StrictMode>
      <ErrorBoundary>
        <App />
      </ErrorBoundary>
    </StrictMode>,
  );
}
