import './icon.css';

/** A drawing as SVG paths, laid over each other in this order. */
export interface Shape {
  solid?: string;
  line?: string;
  /** A line in the colour of the page, on what is solid. */
  cut?: string;
}

interface IconProps {
  /** One of the drawings in `icons.ts`, on a ground of 16 by 16. */
  shape: Shape;
  size?: number;
}

/** A small drawing beside words. It is hidden from screen readers: the words say it. */
export function Icon({ shape, size = 16 }: IconProps) {
  return <Drawing className="icon" ground={16} size={size} shape={shape} />;
}

interface DrawingProps {
  className: string;
  /** The side of the square that the paths are drawn on. */
  ground: number;
  size: number;
  shape: Shape;
  /** How the ring around it is dashed; empty for a whole one. Without it there is no ring. */
  ring?: string | undefined;
  /** How much of the ground is filled as a pie, in percent. */
  percent?: number | undefined;
}

export function Drawing({ className, ground, size, shape: { solid, line, cut }, ring, percent }: DrawingProps) {
  const centre = { cx: ground / 2, cy: ground / 2 };
  return (
    <svg className={className} width={size} height={size} viewBox={`0 0 ${ground} ${ground}`} aria-hidden="true">
      {ring !== undefined && <circle {...centre} r="7" strokeDasharray={ring} />}
      {percent !== undefined && <circle {...centre} r="2.3" className="pie" pathLength="100" strokeDasharray={`${percent} 100`} />}
      {solid && <path className="solid" d={solid} />}
      {line && <path d={line} />}
      {cut && <path className="cut" d={cut} />}
    </svg>
  );
}
