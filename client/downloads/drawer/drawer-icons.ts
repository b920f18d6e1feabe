import type { Shape } from '../../ui/icon.tsx';

export const linkIcon: Shape = {
  line: 'M6.6 9.4a2.6 2.6 0 0 0 3.7 0l2-2a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.4 6.6a2.6 2.6 0 0 0-3.7 0l-2 2a2.6 2.6 0 0 0 3.7 3.7l.8-.8',
};

export const externalIcon: Shape = {
  line: 'M6.5 3.5H4A1.5 1.5 0 0 0 2.5 5v7A1.5 1.5 0 0 0 4 13.5h7a1.5 1.5 0 0 0 1.5-1.5V9.5M9.5 2.5h4v4M13.2 2.8 7.6 8.4',
};

export const upIcon: Shape = { line: 'm4.5 9.5 3.5-3.5 3.5 3.5' };
