import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useDownloads } from '../downloads-context.tsx';
import { copyIcon } from '../../ui/icons.ts';
import { externalIcon } from './drawer-icons.ts';

export interface Fact {
  name: string;
  /** Left out of the list when null. */
  value: string | null;
  /** What it is called when copied; without it there is nothing to copy. */
  copy?: string;
  code?: boolean;
  /** Where the trace can be seen. */
  href?: string;
}

/** Names and values, with a button to copy what is copied often. */
export function FactList({ title, facts }: { title: string; facts: readonly Fact[] }) {
  const { act } = useDownloads();
  const known = facts.flatMap((fact) => (fact.value === null ? [] : [{ ...fact, value: fact.value }]));
  if (known.length === 0) return null;
  return (
    <section>
      <h3 className="drawer-heading">{title}</h3>
      <dl className="facts">
        {known.map(({ name, value, copy, code, href }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {code ? <code>{value}</code> : <span>{value}</span>}
              {copy && <IconButton icon={copyIcon} small label={`Copy ${copy}`} onClick={() => act((actions) => void actions.copy(value, copy))} />}
              {href && (
                <a
                  className="icon-button icon-button-small"
                  href={href}
                  target="_blank"
                  rel="noreferrer"
                  aria-label="Open in the trace viewer"
                >
                  <Icon shape={externalIcon} />
                </a>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
