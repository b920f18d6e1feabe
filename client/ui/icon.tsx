import type { ReactNode } from 'react';

interface IconProps {
  /** One of the drawings in `first-icons.tsx` or `more-icons.tsx`, on a ground of 16 by 16. */
  shape: ReactNode;
  size?: number;
}

/** A small drawing beside words. It is hidden from screen readers: the words say it. */
export function Icon({ shape, size = 16 }: IconProps) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shape}
    </svg>
  );
}
