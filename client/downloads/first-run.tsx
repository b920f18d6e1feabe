import './first-run.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { catalogueSizeQuery } from './catalogue-query.ts';
import { RowGlyph } from './row-glyph.tsx';
import { searchIcon } from '../ui/icons.ts';

/** What somebody sees who has not asked for anything yet. Typing opens the dialog, which keeps the text. */
export function FirstRun({ onAsk }: { onAsk: (text: string) => void }) {
  const [text, setText] = useState('');
  const catalogue = useQuery(catalogueSizeQuery());
  const hint = placeholder(catalogue.data);
  const open = (typed: string) => {
    setText('');
    onAsk(typed);
  };
  return (
    <div className="first-run">
      <h1>Ask for a file. It is prepared in the background and waits here for you.</h1>
      <div className="first-search">
        <Icon shape={searchIcon} size={20} />
        <input
          type="search"
          aria-label={hint}
          placeholder={hint}
          value={text}
          autoComplete="off"
          onChange={(event) => open(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') open(text);
          }}
        />
        <Button look="ink" large onClick={() => open('')}>
          {catalogue.data?.total === null ? 'Type a number' : 'Browse files'}
        </Button>
      </div>
      <div className="first-steps">
        <span>
          <RowGlyph state="queued" />
          In line
        </span>
        <s />
        <span>
          <RowGlyph state="running" percent={60} />
          Preparing
        </span>
        <s />
        <span>
          <RowGlyph state="ready" />
          Ready to download
        </span>
      </div>
    </div>
  );
}

function placeholder(catalogue: { total: number | null } | undefined): string {
  if (!catalogue) return 'Search files, or type a file number';
  if (catalogue.total === null) return 'Type a file number';
  return `Search ${catalogue.total.toLocaleString('en-GB')} files, or type a file number`;
}
