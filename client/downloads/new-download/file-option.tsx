import { FileName, shortEnding } from '../../ui/file-name.tsx';
import { Icon } from '../../ui/icon.tsx';
import { formatSize } from '../../ui/sizes.ts';
import type { WantedFile } from '../intent.ts';
import { RowGlyph } from '../row-glyph.tsx';
import { isActive } from '../row-state.ts';
import type { Row } from '../rows.ts';
import { documentIcon } from './file-icons.ts';

interface FileOptionProps {
  id: string;
  file: WantedFile;
  note: string;
  query: string;
  chosen: boolean;
  active: boolean;
  /** A download of just this file that is on the way or still kept. */
  existing: Row | undefined;
  onChoose: () => void;
  /** What choosing the line itself does; the checkbox always chooses. */
  onTake: () => void;
}

/** One file that can be chosen. */
export function FileOption({ id, file, note, query, chosen, active, existing, onChoose, onTake }: FileOptionProps) {
  const name = file.fileName ?? `File ${file.fileId}`;
  const ending = shortEnding(name);
  return (
    // The search field has the focus and the keys; the options are its list.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <li
      id={id}
      role="option"
      aria-selected={chosen}
      className={active ? 'option option-active' : 'option'}
      ref={active ? bringIntoView : undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => (event.target instanceof Element && event.target.closest('.option-box') ? onChoose() : onTake())}
    >
      <span className="option-box">
        <span className={chosen ? 'checkbox checkbox-on' : 'checkbox'} />
      </span>
      <span className="option-tile" aria-hidden="true">
        {ending ?? <Icon shape={documentIcon} />}
      </span>
      <span className="option-who">
        <span className="option-name">
          <FileName name={name} marked={query} />
        </span>
        <span className="option-meta">{note}</span>
      </span>
      <span className="option-end">
        {existing ? <Existing row={existing} /> : file.size === null ? 'size not known' : formatSize(file.size)}
      </span>
    </li>
  );
}

const bringIntoView = (option: HTMLElement | null) => option?.scrollIntoView({ block: 'nearest' });

function Existing({ row }: { row: Row }) {
  const underWay = isActive(row.state);
  return (
    <span className={underWay ? 'option-existing' : 'option-existing option-ready'}>
      <RowGlyph state={underWay ? 'running' : 'ready'} percent={row.words.percent ?? 25} size={16} />
      {underWay ? 'On the way' : 'Ready now'}
    </span>
  );
}
