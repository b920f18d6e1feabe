// The drawings that the first paint needs.

export const plusIcon = <path d="M8 3v10M3 8h10" strokeWidth="1.8" />;

export const goodIcon = (
  <>
    <circle cx="8" cy="8" r="6" stroke="none" fill="currentColor" />
    <path d="m5.4 8.2 1.8 1.8 3.4-3.9" stroke="var(--page)" />
  </>
);

export const slowIcon = (
  <>
    <circle cx="8" cy="8" r="5.6" />
    <g stroke="none" fill="currentColor">
      <circle cx="5.5" cy="8" r=".85" />
      <circle cx="8" cy="8" r=".85" />
      <circle cx="10.5" cy="8" r=".85" />
    </g>
  </>
);

export const brokenIcon = (
  <>
    <path
      d="M7.1 1.9a1.3 1.3 0 0 1 1.8 0l5.2 5.2a1.3 1.3 0 0 1 0 1.8l-5.2 5.2a1.3 1.3 0 0 1-1.8 0L1.9 8.9a1.3 1.3 0 0 1 0-1.8Z"
      stroke="none"
      fill="currentColor"
    />
    <path d="M8 5.2v3.4M8 10.7v.05" stroke="var(--on-bad)" />
  </>
);

export const unreachableIcon = (
  <path d="M2.5 6.2a8.6 8.6 0 0 1 3-1.8M8.2 3.6c2 0 3.9.8 5.3 2.2M4.6 8.6a5.4 5.4 0 0 1 2-1.2M9.9 7.6c.6.3 1 .6 1.5 1M8 12.1v.05M2.6 2.2l10.8 11.6" />
);

export const themeSystemIcon = (
  <>
    <path d="M8 2.7a5.3 5.3 0 1 0 0 10.6V2.7Z" fill="currentColor" stroke="none" />
    <circle cx="8" cy="8" r="5.3" />
  </>
);

export const themeLightIcon = (
  <>
    <circle cx="8" cy="8" r="2.7" />
    <path d="M8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M3.5 12.5l.8-.8M11.7 4.3l.8-.8" />
  </>
);

export const themeDarkIcon = <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z" />;

export const retryIcon = <path d="M13 6.6A5.3 5.3 0 1 0 13.3 9M13.4 3.4v3.3h-3.3" />;

export const copyIcon = (
  <g strokeWidth="1.5">
    <rect x="5.6" y="5.6" width="7.4" height="7.4" rx="1.8" />
    <path d="M3.6 10.2A1.3 1.3 0 0 1 3 9V4.4C3 3.6 3.6 3 4.4 3H9c.5 0 .9.2 1.2.6" />
  </g>
);
