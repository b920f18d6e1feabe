import './new-download.css';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useState, type KeyboardEvent } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { commandKey } from '../../ui/command-key.ts';
import { Icon } from '../../ui/icon.tsx';
import { Modal } from '../../ui/modal.tsx';
import { capabilitiesQuery } from '../capabilities-query.ts';
import { catalogueSizeQuery } from '../catalogue-query.ts';
import { useDownloads, useDownloadsSnapshot } from '../downloads-context.tsx';
import type { WantedFile } from '../intent.ts';
import { showRow } from '../show-row.ts';
import { isActive } from '../row-state.ts';
import { rowsOf, type Row, type RowSurroundings } from '../rows.ts';
import { FileOption } from './file-option.tsx';
import { useChosenFiles } from './use-chosen-files.ts';
import { useFileSearch } from './use-file-search.ts';
import { numberIn, useNumberedFile } from './use-numbered-file.ts';
import { closeIcon, searchIcon } from '../../ui/icons.ts';
import { latePart } from '../../ui/late-part.ts';

const ChosenFiles = latePart(() => import('./chosen-files.tsx'));
const SearchNotice = latePart(() => import('./search-notice.tsx'));

interface NewDownloadDialogProps {
  /** What was typed before the dialog opened. */
  text: string;
  around: RowSurroundings;
  onClose: () => void;
}

/** Where files are found, chosen and asked for. */
export function NewDownloadDialog({ text: startText, around, onClose }: NewDownloadDialogProps) {
  const { act } = useDownloads();
  const capabilities = useQuery(capabilitiesQuery()).data;
  const catalogue = useQuery(catalogueSizeQuery()).data;
  const rows = rowsOf(useDownloadsSnapshot(), around);
  const [text, setText] = useState(startText);
  const [active, setActive] = useState<number | null>(null);
  const search = useFileSearch(text);
  const chosen = useChosenFiles();
  const lonely = search.state === 'no-catalogue' || search.state === 'down' || (search.state === 'found' && search.files.length === 0);
  const numbered = useNumberedFile(numberIn(search.query, lonely ? 1 : 3));
  const looking =
    numbered.state === 'checking' ? `Looking for No. ${numbered.fileId}` : search.state === 'loading' && 'Looking through the catalogue';
  const options = optionsOf(search.state === 'found' ? search.files : [], 'file' in numbered ? numbered.file : null);
  const existingFor = (fileId: number) => rows.find((row) => isSame(row, fileId));

  const type = (typed: string) => {
    setText(typed);
    setActive(null);
  };
  const take = (file: WantedFile) => {
    const existing = existingFor(file.fileId);
    const job = existing?.job;
    if (!job) return chosen.toggle(file);
    onClose();
    if (isActive(existing.state)) showRow(existing.rowId);
    else act((actions) => void actions.download(job));
  };
  const prepare = () => {
    const marked = active === null ? undefined : options[active];
    const files = chosen.files.length > 0 || !marked ? chosen.files : [marked];
    if (files.length === 0) return;
    onClose();
    act((actions) => showRow(actions.askFor({ ...chosen, files })));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      prepare();
    }
  };
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = active ?? -1;
    const option = options[active ?? 0];
    if (event.key === 'ArrowDown') setActive(Math.min(at + 1, options.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(at - 1, 0));
    else if (event.key === ' ' && active !== null && option) chosen.toggle(option);
    else if (event.key === 'Enter' && option) take(option);
    else return;
    event.preventDefault();
  };

  const activeJobs = capabilities?.limits.activeJobs ?? null;
  const underWay = rows.filter((row) => isActive(row.state)).length;
  const full = activeJobs !== null && underWay >= activeJobs;
  return (
    <Modal className="new-download" label="New download" onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- one shortcut for everything inside */}
      <div className="new-download-grid" onKeyDown={onKeyDown}>
        <div className="finder">
          <div className="finder-field">
            <Icon shape={searchIcon} size={20} />
            <input
              // The dialog was opened to type here.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              // Not a search field: there, Esc clears the text instead of closing the dialog.
              type="text"
              enterKeyHint="search"
              role="combobox"
              aria-label="Search files, or type a file number"
              aria-expanded={options.length > 0}
              aria-controls="file-options"
              aria-autocomplete="list"
              aria-activedescendant={active === null ? undefined : `file-option-${active}`}
              placeholder={search.state === 'no-catalogue' ? 'Type a file number' : 'Search files, or type a file number'}
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={(event) => type(event.target.value)}
              onKeyDown={onSearchKey}
            />
            <small>{countWords(search.state === 'found' ? search.total : null, catalogue?.total ?? null, search.query)}</small>
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys in browsers that do not see to it */}
          <div className="finder-results" role="group" aria-label="What was found" tabIndex={0}>
            <ul id="file-options" role="listbox" aria-multiselectable="true" aria-label="Files">
              {options.map((file, index) => (
                <FileOption
                  key={file.fileId}
                  id={`file-option-${index}`}
                  file={file}
                  note={noteOf(file, numbered.state === 'unchecked' && index === 0, existingFor(file.fileId))}
                  query={search.query}
                  chosen={chosen.has(file.fileId)}
                  active={index === active}
                  existing={existingFor(file.fileId)}
                  onChoose={() => chosen.toggle(file)}
                  onTake={() => take(file)}
                />
              ))}
            </ul>
            {looking ? (
              <p className="finder-notice finder-late">{looking}</p>
            ) : (
              (lonely || numbered.state === 'unknown') && (
                <Suspense>
                  <SearchNotice search={search} numbered={numbered} />
                </Suspense>
              )
            )}
            {search.hasMore && (
              <Button look="quiet" disabled={search.loadingMore} onClick={search.showMore}>
                {search.loadingMore ? 'Loading more' : 'Show more'}
              </Button>
            )}
          </div>
          <div className="finder-hint wide-only" aria-hidden="true">
            <span>
              <kbd>↑</kbd>
              <kbd>↓</kbd>move
            </span>
            <span>
              <kbd>space</kbd>choose
            </span>
            <span>
              <kbd>{commandKey}</kbd>
              <kbd>↵</kbd>prepare
            </span>
          </div>
        </div>
        <div className="chosen">
          <div className="chosen-head">
            <h2 aria-live="off">{headOf(chosen.files.length)}</h2>
            <IconButton icon={closeIcon} label="Close" onClick={onClose} />
          </div>
          {chosen.files.length === 0 ? (
            <>
              <p className="chosen-none">Choose one or more files. Several can come as one ZIP.</p>
              <NotYet />
            </>
          ) : (
            <Suspense fallback={<NotYet />}>
              <ChosenFiles
                choice={chosen}
                limits={capabilities?.limits}
                queueNote={full ? limitNote(activeJobs) : null}
                onPrepare={prepare}
              />
            </Suspense>
          )}
        </div>
      </div>
    </Modal>
  );
}

/** The button while there is nothing that it could ask for. */
function NotYet() {
  return (
    <div className="chosen-foot">
      <Button look="ink" large disabled>
        Prepare file
      </Button>
    </div>
  );
}

const headOf = (count: number) => (count === 0 ? 'Nothing chosen' : count === 1 ? '1 file' : `${count} files`);

const limitNote = (most: number) =>
  `You have ${most} downloads on the way, the most allowed. This one waits until one ends.`;

interface Option extends WantedFile {
  entries?: number;
}

/** The file behind a typed number comes first, and once. */
function optionsOf(found: readonly Option[], numbered: WantedFile | null): Option[] {
  if (!numbered) return [...found];
  const known = found.find((file) => file.fileId === numbered.fileId);
  return [known ?? numbered, ...found.filter((file) => file.fileId !== numbered.fileId)];
}

function noteOf({ fileId, entries = 1 }: Option, unchecked: boolean, existing: Row | undefined): string {
  const notes = [
    `No. ${fileId}`,
    entries > 1 && `${entries} files in a ZIP`,
    unchecked && 'cannot be checked now',
    existing && (isActive(existing.state) ? 'choosing it shows the existing row' : 'Enter downloads it'),
  ];
  return notes.filter(Boolean).join(' · ');
}

function isSame({ job, state }: Row, fileId: number): boolean {
  if (job?.fileIds.length !== 1 || job.fileId !== fileId) return false;
  return isActive(state) || state === 'ready' || state === 'downloaded';
}

function countWords(found: number | null, all: number | null, query: string): string {
  if (found === null) return '';
  const whole = `${(all ?? found).toLocaleString('en-GB')} files`;
  return query === '' || all === null ? whole : `${found.toLocaleString('en-GB')} of ${whole}`;
}
