import type { Shape } from './icon.tsx';

// Drawings on a ground of 16 by 16. What only the dialog or the drawer shows lies beside them.

export const plusIcon: Shape = { line: 'M8 3v10M3 8h10' };

export const goodIcon: Shape = { solid: 'M2 8a6 6 0 1 0 12 0 6 6 0 1 0-12 0', cut: 'm5.4 8.2 1.8 1.8 3.4-3.9' };

export const slowIcon: Shape = { line: 'M2.4 8a5.6 5.6 0 1 0 11.2 0 5.6 5.6 0 1 0-11.2 0M5.5 8v.01M8 8v.01M10.5 8v.01' };

export const brokenIcon: Shape = {
  solid:
    'M7.1 1.9a1.3 1.3 0 0 1 1.8 0l5.2 5.2a1.3 1.3 0 0 1 0 1.8l-5.2 5.2a1.3 1.3 0 0 1-1.8 0L1.9 8.9a1.3 1.3 0 0 1 0-1.8Z',
  cut: 'M8 5.2v3.4M8 10.7v.05',
};

export const unreachableIcon: Shape = {
  line: 'M2.5 6.2a8.6 8.6 0 0 1 3-1.8M8.2 3.6c2 0 3.9.8 5.3 2.2M4.6 8.6a5.4 5.4 0 0 1 2-1.2M9.9 7.6c.6.3 1 .6 1.5 1M8 12.1v.05M2.6 2.2l10.8 11.6',
};

export const themeSystemIcon: Shape = {
  solid: 'M8 2.7a5.3 5.3 0 1 0 0 10.6',
  line: 'M2.7 8a5.3 5.3 0 1 0 10.6 0 5.3 5.3 0 1 0-10.6 0',
};

export const themeLightIcon: Shape = {
  line: 'M5.3 8a2.7 2.7 0 1 0 5.4 0 2.7 2.7 0 1 0-5.4 0M8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M3.5 12.5l.8-.8M11.7 4.3l.8-.8',
};

export const themeDarkIcon: Shape = { line: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z' };

export const retryIcon: Shape = { line: 'M13 6.6A5.3 5.3 0 1 0 13.3 9M13.4 3.4v3.3h-3.3' };

export const copyIcon: Shape = {
  line: 'M5.6 7.4q0-1.8 1.8-1.8h3.8q1.8 0 1.8 1.8v3.8q0 1.8-1.8 1.8H7.4q-1.8 0-1.8-1.8zM3.6 10.2A1.3 1.3 0 0 1 3 9V4.4C3 3.6 3.6 3 4.4 3H9c.5 0 .9.2 1.2.6',
};

export const moreIcon: Shape = {
  solid:
    'M2.8 8a1.2 1.2 0 1 0 2.4 0 1.2 1.2 0 1 0-2.4 0m4 0a1.2 1.2 0 1 0 2.4 0 1.2 1.2 0 1 0-2.4 0m4 0a1.2 1.2 0 1 0 2.4 0 1.2 1.2 0 1 0-2.4 0',
};

export const downloadIcon: Shape = { line: 'M8 2.8v8M4.8 7.8 8 11l3.2-3.2M3 13.4h10' };

export const closeIcon: Shape = { line: 'm4 4 8 8M12 4l-8 8' };

export const downIcon: Shape = { line: 'm4.5 6.5 3.5 3.5 3.5-3.5' };

export const sortIcon: Shape = { line: 'M2.5 4.5h11M2.5 8h7.5M2.5 11.5h4' };

export const checkIcon: Shape = { line: 'm3.5 8.4 3 3 6-6.8' };

export const searchIcon: Shape = { line: 'M2.6 7a4.4 4.4 0 1 0 8.8 0 4.4 4.4 0 1 0-8.8 0M10.4 10.4l3 3' };
