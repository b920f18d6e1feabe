/** The brand: a ticket with an arrow into the tray. */
export function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
      <path
        d="M6 2.5h14A3.5 3.5 0 0 1 23.5 6v4.1a2.9 2.9 0 0 0 0 5.8V20a3.5 3.5 0 0 1-3.5 3.5H6A3.5 3.5 0 0 1 2.5 20v-4.1a2.9 2.9 0 0 0 0-5.8V6A3.5 3.5 0 0 1 6 2.5Z"
        fill="var(--ink)"
      />
      <path
        d="M13 7.4v9.4M9.2 13.2l3.8 3.8 3.8-3.8"
        fill="none"
        stroke="var(--page)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
