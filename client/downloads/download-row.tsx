import './download-row.css';
import '../ui/checkbox.css';
import { Fragment, Suspense, use } from 'react';
import { IconButton } from '../ui/button.tsx';
import { latePart } from '../ui/late-part.ts';
import { FileName } from '../ui/file-name.tsx';
import { TabStop } from '../ui/tab-stop.ts';
import { useDownloads } from './downloads-context.tsx';
import { JobLink } from './job-address.tsx';
import { RowAction, offerOf } from './row-actions.tsx';
import { RowGlyph } from './row-glyph.tsx';
import { RowMenu } from './row-menu.tsx';
import { RowTrack } from './row-track.tsx';
import type { Limits } from './failure-words.ts';
import { toggleSelected } from './selection.ts';
import type { Row } from './rows.ts';
import type { RowWords } from './row-words.ts';
import { copyIcon } from '../ui/icons.ts';

const TellMeButton = latePart(() => import('./tell-me-button.tsx'));

interface DownloadRowProps {
  row: Row;
  limits: Limits;
  /** The service cannot be reached: what is shown is old, and nothing can be asked for. */
  stale: boolean;
  selected?: boolean;
  /** It comes from elsewhere, or fades because it has gone. */
  moving?: 'arrived' | 'gone' | undefined;
  /** Which of how many rows it is, where not all are drawn. */
  place?: { at: number; of: number } | undefined;
  onDetails: (jobId: string) => void;
}

/** One download: what it is, how it stands, and what can be done. The same height in every state. */
export function DownloadRow({ row, limits, stale, selected = false, moving, place, onDetails }: DownloadRowProps) {
  const { state, name, words, job } = row;
  const old = stale || row.unconfirmed;
  const offer = offerOf(row, limits);
  const tall = offer === 'download' || offer === 'download-again' || offer === 'try-again' || offer === 'details';
  // A large button leaves less room for the name on a phone.
  const room = tall ? 'less' : 'more';
  const tabStop = use(TabStop) ?? 0;
  return (
    <li
      className={tall ? 'row row-state row-tall-action' : 'row row-state'}
      data-state={state}
      data-stale={old || undefined}
      aria-label={rowLabel(name, words)}
      data-row-id={row.rowId}
      data-moving={moving}
      data-selected={selected || undefined}
      aria-hidden={moving === 'gone' || undefined}
      inert={moving === 'gone'}
      aria-posinset={place?.at}
      aria-setsize={place?.of}
      tabIndex={tabStop}
    >
      <span className="row-glyph-cell">
        <RowGlyph state={state} percent={words.percent ?? 0} />
        <label className="row-check">
          <input
            type="checkbox"
            className="checkbox"
            aria-label={`Select ${name}`}
            tabIndex={tabStop}
            checked={selected}
            onChange={({ nativeEvent }) => toggleSelected(row.rowId, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
          />
        </label>
      </span>
      <div className="row-who">
        {job ? (
          <JobLink jobId={job.jobId} className="row-name">
            <FileName key={room} name={name} />
          </JobLink>
        ) : (
          <span className="row-name">
            <FileName key={room} name={name} />
          </span>
        )}
        <p className="row-meta">{row.meta}</p>
      </div>
      <div className="row-how">
        <StatusLine key={state} words={words} />
        <div className="row-under">
          <Under row={row} />
        </div>
      </div>
      <div className="row-do">
        <span key={offer} className="row-action">
          <RowAction row={row} offer={offer} blocked={stale} onDetails={onDetails} />
        </span>
        <RowMenu row={row} blocked={stale} onDetails={onDetails} />
      </div>
    </li>
  );
}

export function StatusLine({ words }: { words: RowWords }) {
  const { label, percent, attempt, detail, shortDetail, end, shortEnd, soon } = words;
  return (
    <p className="row-line">
      <b>{label}</b>
      {/* What takes another room is written anew, instead of sliding along behind the words before it. */}
      <Fragment key={roomOf(label, percent, attempt, detail, end)}>
        {percent !== undefined && <b className="row-percent">{`${percent}%`}</b>}
        {attempt}
        {detail !== undefined && (
          <span className={soon ? 'row-detail row-soon' : 'row-detail'}>
            <Either wide={detail} narrow={shortDetail} />
          </span>
        )}
        {end !== undefined && (
          <span className="row-end">
            <Either wide={end} narrow={shortEnd} />
          </span>
        )}
      </Fragment>
    </p>
  );
}

/** Digits are of one width: words that differ only in them take the same room. */
const roomOf = (...words: (string | number | undefined)[]) => words.join(' ').replaceAll(/\d/g, '0');

function Either({ wide, narrow }: { wide: string; narrow: string | undefined }) {
  if (narrow === undefined) return wide;
  return (
    <>
      <span className="wide-only">{wide}</span>
      <span className="narrow-only">{narrow}</span>
    </>
  );
}

function Under({ row }: { row: Row }) {
  const { act } = useDownloads();
  const { state, words, job, name, shortMeta } = row;
  if (words.note !== undefined) return <span className="row-note">{words.note}</span>;
  if (state !== 'ready' && state !== 'downloaded') {
    return (
      <>
        <RowTrack row={row} />
        <Suspense>{words.veryLate && <TellMeButton row={row} />}</Suspense>
      </>
    );
  }
  const sha256 = job?.result.sha256;
  return (
    <>
      {sha256 && (
        <span className="row-hash wide-only">
          SHA-256 <code title={sha256}>{`${sha256.slice(0, 8)}…${sha256.slice(-4)}`}</code>
          <IconButton icon={copyIcon} small label={`Copy SHA-256 of ${name}`} onClick={() => act((actions) => void actions.copy(sha256, 'SHA-256'))} />
        </span>
      )}
      <span className="row-note narrow-only">{shortMeta}</span>
    </>
  );
}

function rowLabel(name: string, { label, percent, detail }: RowWords): string {
  const progress = percent === undefined ? [] : [`${percent} percent`];
  const position = label === 'In line' && detail ? [detail] : [];
  return [name, lowerFirst(label), ...progress, ...position].join(', ');
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
