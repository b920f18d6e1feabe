import type { Capabilities } from '#shared/service-api.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { commandKey } from '../../ui/command-key.ts';
import { FileName } from '../../ui/file-name.tsx';
import { formatPart, formatSize } from '../../ui/sizes.ts';
import type { WantedFile } from '../intent.ts';
import { suggestArchiveName } from './archive-name.ts';
import { mayTell } from '../may-tell.ts';
import type { useChosenFiles } from './use-chosen-files.ts';
import { closeIcon } from '../../ui/icons.ts';

type Choice = ReturnType<typeof useChosenFiles>;

interface ChosenFilesProps {
  choice: Choice;
  limits: Capabilities['limits'] | undefined;
  /** What stands in the way of more work now; null when nothing does. */
  queueNote: string | null;
  onPrepare: () => void;
}

/** What was chosen, how it will come, and the button that asks for it. */
export default function ChosenFiles({ choice, limits, queueNote, onPrepare }: ChosenFilesProps) {
  const { files, bundling, ownStem, tellMe, takeOut, setBundling, setOwnStem, setTellMe } = choice;
  const asZip = files.length > 1 && bundling === 'one-zip';
  const total = totalOf(files);
  const obstacle = asZip && limits ? obstacleOf(total, files.length, limits) : null;
  return (
    <>
      <ul className="chosen-list">
        {files.map(({ fileId, fileName, size }) => (
          <li key={fileId}>
            <FileName name={fileName ?? `File ${fileId}`} />
            <span className="chosen-size">{size === null ? 'size not known' : formatSize(size)}</span>
            <IconButton
              icon={closeIcon}
              small
              label={`Take out ${fileName ?? `file ${fileId}`}`}
              onClick={() => takeOut(fileId)}
            />
          </li>
        ))}
      </ul>
      {files.length > 1 && (
        <>
          {obstacle !== null && (
            <p className="total-too-big" role="alert">
              {obstacle}
            </p>
          )}
          {asZip && obstacle === null && <Total total={total} limit={limits?.artifactBytes ?? null} />}
          <div className="bundling" role="group" aria-label="How the files come">
            <button type="button" aria-pressed={asZip} onClick={() => setBundling('one-zip')}>
              One ZIP
            </button>
            <button type="button" aria-pressed={!asZip} onClick={() => setBundling('separate')}>
              {files.length} separate files
            </button>
          </div>
        </>
      )}
      {asZip && (
        <label className="zip-name">
          Name of the ZIP
          <span className="zip-name-field">
            <input
              value={ownStem ?? suggestArchiveName(files)}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setOwnStem(event.target.value)}
            />
            .zip
          </span>
        </label>
      )}
      {mayTell() && (
        <label className="tell-me">
          <input
            type="checkbox"
            className="switch"
            role="switch"
            aria-checked={tellMe}
            checked={tellMe}
            onChange={(event) => setTellMe(event.target.checked)}
          />
          Tell me when {files.length > 1 && !asZip ? 'they are' : 'it is'} ready
        </label>
      )}
      <div className="chosen-foot">
        {queueNote === null ? <p className="chosen-calm">You can close the page meanwhile.</p> : <p>{queueNote}</p>}
        <Button
          look="ink"
          large
          disabled={obstacle !== null}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onClick={onPrepare}
        >
          {prepareLabel(files.length, asZip)}
          <kbd aria-hidden="true">{commandKey} ↵</kbd>
        </Button>
      </div>
    </>
  );
}

interface TotalSize {
  bytes: number;
  /** Whether the size of every file is known. */
  whole: boolean;
}

function Total({ total, limit }: { total: TotalSize; limit: number | null }) {
  return (
    <>
      <p className="total">
        <b>{total.whole ? formatSize(total.bytes) : `at least ${formatSize(total.bytes)}`}</b>
        {limit !== null && <span>of {formatSize(limit)} in one ZIP</span>}
      </p>
      {limit !== null && (
        <div className="meter">
          <b style={{ width: `${Math.min(100, (total.bytes / limit) * 100)}%` }} />
        </div>
      )}
    </>
  );
}

/** Why these cannot come as one ZIP; null when they can. */
function obstacleOf({ bytes }: TotalSize, count: number, { artifactBytes, filesPerJob }: Capabilities['limits']): string | null {
  const wayOut = 'Take out a file, or choose separate files.';
  if (filesPerJob !== null && count > filesPerJob) return `Too many for one ZIP: ${count} of ${filesPerJob} files. ${wayOut}`;
  if (artifactBytes === null || bytes <= artifactBytes) return null;
  return `Too large for one ZIP: ${formatPart(bytes, artifactBytes, { beyond: true })}. ${wayOut}`;
}

function totalOf(files: readonly WantedFile[]): TotalSize {
  const bytes = files.reduce((sum, file) => sum + (file.size ?? 0), 0);
  return { bytes, whole: files.every((file) => file.size !== null) };
}

function prepareLabel(count: number, asZip: boolean): string {
  if (asZip) return 'Prepare ZIP';
  return count > 1 ? `Prepare ${count} files` : 'Prepare file';
}
