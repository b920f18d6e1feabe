import './skeleton-rows.css';

/** Rows of the real size for what is still to come. They show after 300 ms, so that a quick answer does not flash. */
export function SkeletonRows({ count }: { count: number }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="row">
          <i />
          <i />
          <i />
          <i />
        </div>
      ))}
    </div>
  );
}
