import { Button, IconButton } from '../../ui/button.tsx';
import { commandKey } from '../../ui/command-key.ts';
import { FileName } from '../../ui/file-name.tsx';
import { formatPart, formatSize } from '../../ui/sizes.ts';
import type { WantedFile } from '../intent.ts';
import { closeIcon } from '../../ui/icons.ts';

export type Bundling = 'one-zip' | 'separate';

interface ChosenFilesProps {
  files: readonly WantedFile[];
  bundling: Bundling;
  archiveStem: string;
  artifactBytes: number | null;
  /** What stands in the way of more work now; null when nothing does. */
  queueNote: string | null;
  onTakeOut: (fileId: number) => void;
  onBundling: (bundling: Bundling) => void;
  onArchiveStem: (stem: string) => void;
  onPrepare: () => void;
  onClose: () => void;
}

/** What was chosen, how it will come, and the button that asks for it. */
export function ChosenFiles(props: ChosenFilesProps) {
  const { files, bundling, archiveStem, artifactBytes, queueNote } = props;
  const { onTakeOut, onBundling, onArchiveStem, onPrepare, onClose } = props;
  const asZip = files.length > 1 && bundling === 'one-zip';
  const total = totalOf(files);
  const tooBig = asZip && artifactBytes !== null && total.bytes > artifactBytes;
  return (
    <div className="chosen">
      <div className="chosen-head">
        <h2 aria-live="off">{headOf(files.length)}</h2>
        <IconButton icon={closeIcon} label="Close" onClick={onClose} />
      </div>
      {files.length === 0 && <p className="chosen-none">Choose one or more files. Several can come as one ZIP.</p>}
      <ul className="chosen-list">
        {files.map(({ fileId, fileName, size }) => (
          <li key={fileId}>
            <FileName name={fileName ?? `File ${fileId}`} />
            <span className="chosen-size">{size === null ? 'size not known' : formatSize(size)}</span>
            <IconButton
              icon={closeIcon}
              small
              label={`Take out ${fileName ?? `file ${fileId}`}`}
              onClick={() => onTakeOut(fileId)}
            />
          </li>
        ))}
      </ul>
      {files.length > 1 && (
        <>
          {asZip && <Total total={total} limit={artifactBytes} tooBig={tooBig} />}
          <div className="bundling" role="group" aria-label="How the files come">
            <button type="button" aria-pressed={asZip} onClick={() => onBundling('one-zip')}>
              One ZIP
            </button>
            <button type="button" aria-pressed={!asZip} onClick={() => onBundling('separate')}>
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
              value={archiveStem}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onArchiveStem(event.target.value)}
            />
            .zip
          </span>
        </label>
      )}
      <div className="chosen-foot">
        <p>{queueNote ?? 'You can close the page meanwhile.'}</p>
        <Button
          look="ink"
          large
          disabled={files.length === 0 || tooBig}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onClick={onPrepare}
        >
          {prepareLabel(files.length, asZip)}
          <kbd aria-hidden="true">{commandKey} ↵</kbd>
        </Button>
      </div>
    </div>
  );
}

interface TotalSize {
  bytes: number;
  /** Whether the size of every file is known. */
  whole: boolean;
}

function Total({ total, limit, tooBig }: { total: TotalSize; limit: number | null; tooBig: boolean }) {
  if (limit !== null && tooBig) {
    const sizes = formatPart(total.bytes, limit, { beyond: true });
    return (
      <p className="total-too-big" role="alert">
        Too large for one ZIP: {sizes}. Take out a file, or choose separate files.
      </p>
    );
  }
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

function totalOf(files: readonly WantedFile[]): TotalSize {
  const bytes = files.reduce((sum, file) => sum + (file.size ?? 0), 0);
  return { bytes, whole: files.every((file) => file.size !== null) };
}

const headOf = (count: number) => (count === 0 ? 'Nothing chosen' : count === 1 ? '1 file' : `${count} files`);

function prepareLabel(count: number, asZip: boolean): string {
  if (asZip) return 'Prepare ZIP';
  return count > 1 ? `Prepare ${count} files` : 'Prepare file';
}
