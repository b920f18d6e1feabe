import './skeleton-rows.css';

const widths = [62, 48, 71];

/** Rows of the real size for what is still to come. They show after 300 ms, so that a quick answer does not flash. */
export function SkeletonRows({ count }: { count: number }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="row">
          <span className="row-glyph-cell">
            <i className="skeleton-glyph" />
          </span>
          <div className="row-who">
            <i style={{ width: `${widths[index % widths.length]}%`, height: 13 }} />
            <i className="wide-only" style={{ width: '38%', height: 10, marginTop: 10 }} />
          </div>
          <div className="row-how">
            <i style={{ width: '34%', height: 11 }} />
            <i style={{ width: '100%', height: 5, marginTop: 13 }} />
          </div>
        </div>
      ))}
    </div>
  );
}
