// The drawings that come with the list and with what opens from it.

export const moreIcon = (
  <g stroke="none" fill="currentColor">
    <circle cx="4" cy="8" r="1.15" />
    <circle cx="8" cy="8" r="1.15" />
    <circle cx="12" cy="8" r="1.15" />
  </g>
);

export const linkIcon = (
  <path
    strokeWidth="1.5"
    d="M6.6 9.4a2.6 2.6 0 0 0 3.7 0l2-2a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.4 6.6a2.6 2.6 0 0 0-3.7 0l-2 2a2.6 2.6 0 0 0 3.7 3.7l.8-.8"
  />
);

export const downloadIcon = <path d="M8 2.8v8M4.8 7.8 8 11l3.2-3.2M3 13.4h10" />;

export const closeIcon = <path d="m4 4 8 8M12 4l-8 8" />;

export const checkIcon = <path d="m3.5 8.4 3 3 6-6.8" strokeWidth="1.8" />;

export const searchIcon = (
  <>
    <circle cx="7" cy="7" r="4.4" />
    <path d="m10.4 10.4 3 3" />
  </>
);

export const externalIcon = (
  <path
    strokeWidth="1.5"
    d="M6.5 3.5H4A1.5 1.5 0 0 0 2.5 5v7A1.5 1.5 0 0 0 4 13.5h7a1.5 1.5 0 0 0 1.5-1.5V9.5M9.5 2.5h4v4M13.2 2.8 7.6 8.4"
  />
);

export const documentIcon = <path d="M4.2 2.5h4.9l2.7 2.8v8.2H4.2zM9 2.6v2.9h2.8" />;
