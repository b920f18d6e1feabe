import './icon.css';

/** The id of one of the drawings in drawings.svg, all of which lie in the page. */
export type Shape = `icon-${string}` | `glyph-${string}`;

interface IconProps {
  shape: Shape;
  size?: number;
}

/** A small drawing beside words. It is hidden from screen readers: the words say it. */
export function Icon({ shape, size = 16 }: IconProps) {
  return (
    <svg className="icon" width={size} height={size} aria-hidden="true">
      <use href={`#${shape}`} />
    </svg>
  );
}
