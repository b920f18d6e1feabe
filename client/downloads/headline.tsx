import './headline.css';
import { Button } from '../ui/button.tsx';
import { formatSecond } from '../ui/moments.ts';
import type { Connection } from './connection.ts';
import type { HeadlineWords } from './headline-words.ts';
import { plusIcon, retryIcon } from '../ui/icons.ts';

interface HeadlineProps {
  /** Null while what there is has still to be told. */
  words: HeadlineWords | null;
  connection: Connection;
  knownAt: number | null;
  now: number;
  onTryNow: () => void;
  onNew: () => void;
}

/** The page's answer in a sentence, or why it has none. Both take the same room. */
export function Headline({ words, connection, knownAt, now, onTryNow, onNew }: HeadlineProps) {
  const { state } = connection;
  const lost = state !== 'ok';
  const { ready, rest, lead, shortLead } = words ?? { ready: null, rest: null, lead: '', shortLead: '' };
  return (
    <div className={lost ? 'headline headline-lost' : 'headline'}>
      {/* Other words are written anew: they take another room. */}
      <div key={state} id="headline" className="headline-words">
        <h1 key={`${ready}, ${rest}`} aria-label={words || lost ? undefined : 'Loading your downloads'}>
          {lost ? lostWords[state] : ready !== null && <em>{ready}</em>}
          {!lost && ready !== null && rest !== null && ', '}
          {!lost && rest}
        </h1>
        {state === 'signed-out' ? (
          <p className="lead">Your downloads go on.</p>
        ) : (
          <p className="lead">
            <span className="wide-only">{lost ? 'Jobs run on the server and need no page open. ' : lead}</span>
            {lost ? lostLead(connection.nextTryAt, knownAt, now) : <span className="narrow-only">{shortLead}</span>}
          </p>
        )}
      </div>
      <div className="headline-actions">
        {state === 'signed-out' && (
          // Whoever guards this address asks for the sign-in when the page is asked for.
          <Button look="line" large onClick={() => window.location.reload()}>
            Sign in
          </Button>
        )}
        {lost && state !== 'signed-out' && (
          <Button look="line" large icon={retryIcon} onClick={onTryNow}>
            Try now
          </Button>
        )}
        <span className="wide-only">
          <Button look="ink" large icon={plusIcon} onClick={onNew} aria-keyshortcuts="N">
            New download<kbd aria-hidden="true">N</kbd>
          </Button>
        </span>
      </div>
    </div>
  );
}

const lostWords = {
  offline: 'No connection',
  failing: 'The service does not answer',
  'signed-out': 'Please sign in again',
} satisfies Record<Exclude<Connection['state'], 'ok'>, string>;

function lostLead(nextTryAt: number | null, knownAt: number | null, now: number): string {
  const parts: string[] = [];
  if (knownAt !== null) parts.push(`This is what we knew at ${formatSecond(knownAt)}.`);
  if (nextTryAt !== null) {
    const seconds = Math.ceil((nextTryAt - now) / 1000);
    parts.push(seconds > 0 ? `Next try in ${seconds} s.` : 'Trying now.');
  }
  return parts.join(' ');
}
