import './file-name.css';

const ending = /(?:\.(?:tar|csv|json|txt|sql))?\.[a-z0-9]{1,10}$/i;

interface FileNameProps {
  name: string;
  /** Where this text is found in the name, it is marked. */
  marked?: string;
}

/** A file's name that shortens its stem and never its extension; the whole name is in the title. */
export function FileName({ name, marked = '' }: FileNameProps) {
  const at = ending.exec(name)?.index ?? name.length;
  const cut = at === 0 ? name.length : at;
  const found = marked === '' ? -1 : name.toLowerCase().indexOf(marked.toLowerCase());
  const part = (start: number, end: number) => {
    if (found < 0) return name.slice(start, end);
    const from = Math.min(Math.max(found, start), end);
    const to = Math.min(Math.max(found + marked.length, start), end);
    return (
      <>
        {name.slice(start, from)}
        {from < to && <mark>{name.slice(from, to)}</mark>}
        {name.slice(to, end)}
      </>
    );
  };
  return (
    <span className="file-name" title={name}>
      <span className="file-stem">{part(0, cut)}</span>
      <span className="file-ending">{part(cut, name.length)}</span>
    </span>
  );
}

/** Up to four letters of a file's extension; null when it has none that short. */
export function shortEnding(name: string): string | null {
  return /\.([a-z0-9]{1,4})$/i.exec(name)?.[1]?.toLowerCase() ?? null;
}
