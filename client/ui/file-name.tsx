import './file-name.css';

const ending = /(?:\.(?:tar|csv|json|txt|sql))?\.[a-z0-9]{1,10}$/i;

/** A file's name that shortens its stem and never its extension; the whole name is in the title. */
export function FileName({ name }: { name: string }) {
  const at = ending.exec(name)?.index ?? name.length;
  const cut = at === 0 ? name.length : at;
  return (
    <span className="file-name" title={name}>
      <span className="file-stem">{name.slice(0, cut)}</span>
      <span className="file-ending">{name.slice(cut)}</span>
    </span>
  );
}

/** Up to four letters of a file's extension; null when it has none that short. */
export function shortEnding(name: string): string | null {
  return /\.([a-z0-9]{1,4})$/i.exec(name)?.[1]?.toLowerCase() ?? null;
}
