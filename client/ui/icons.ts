import type { Shape } from './icon.tsx';

// The drawings themselves are in drawings.svg, which comes with the page.

export const plusIcon: Shape = 'icon-plus';
export const retryIcon: Shape = 'icon-retry';
export const copyIcon: Shape = 'icon-copy';
export const moreIcon: Shape = 'icon-more';
export const downloadIcon: Shape = 'icon-download';
export const closeIcon: Shape = 'icon-close';
export const downIcon: Shape = 'icon-down';
export const sortIcon: Shape = 'icon-sort';
export const keyboardIcon: Shape = 'icon-keyboard';
export const markIcon: Shape = 'icon-mark';
export const searchIcon: Shape = 'icon-search';
export const checkIcon: Shape = 'icon-check';
