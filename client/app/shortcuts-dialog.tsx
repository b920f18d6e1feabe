import './shortcuts-dialog.css';
import { useState } from 'react';
import { IconButton } from '../ui/button.tsx';
import { closeIcon } from '../ui/icons.ts';
import { areLettersOn, switchLetters } from '../ui/letters.ts';
import { Modal } from '../ui/modal.tsx';
import { commandKey } from '../ui/command-key.ts';

const groups: { title: string; keys: [string[], string][] }[] = [
  {
    title: 'Anywhere',
    keys: [
      [['N'], 'New download'],
      [['/'], 'Search'],
      [['1', '–', '4'], 'Filters'],
      [['Z'], 'Undo'],
      [['?'], 'Shortcuts'],
      [['Esc'], 'Close, then clear the selection'],
    ],
  },
  {
    title: 'In the list',
    keys: [
      [['J', 'K'], 'Down and up, as the arrows'],
      [['↵'], 'Details'],
      [['X'], 'Select'],
      [['⇧ X'], 'Select a range'],
      [[`${commandKey} A`], 'Select all shown'],
      [['D'], 'Download'],
      [['C'], 'Cancel'],
      [['R'], 'Try or prepare again'],
      [['L'], 'Copy link'],
      [['Del'], 'Remove'],
    ],
  },
  {
    title: 'New download',
    keys: [
      [['↑', '↓'], 'Move'],
      [['Space'], 'Choose'],
      [[`${commandKey} ↵`], 'Prepare'],
    ],
  },
];

/** All keys of the page, and the switch for those that are single letters. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const [letters, setLetters] = useState(areLettersOn);
  return (
    <Modal className="shortcuts" label="Keyboard shortcuts" onClose={onClose}>
      <div className="modal-head">
        <h2 className="modal-title">Keyboard shortcuts</h2>
        <IconButton icon={closeIcon} label="Close" onClick={onClose} />
      </div>
      <div className="shortcuts-body">
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([caps, words]) => (
                <div key={words}>
                  <dt>{words}</dt>
                  <dd>
                    {caps.map((cap) => (cap === '–' ? cap : <kbd key={cap}>{cap}</kbd>))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="shortcuts-switch">
        <input
          type="checkbox"
          className="switch"
          role="switch"
          aria-checked={letters}
          checked={letters}
          onChange={({ target }) => {
            switchLetters(target.checked);
            setLetters(target.checked);
          }}
        />
        Single letters and signs work as shortcuts
      </label>
    </Modal>
  );
}
