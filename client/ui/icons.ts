import type { Shape } from './icon.tsx';

// The drawings themselves are in drawings.svg, which comes with the page.

export const plusIcon: Shape = 'icon-plus';
export const goodIcon: Shape = 'icon-good';
export const slowIcon: Shape = 'icon-slow';
export const brokenIcon: Shape = 'icon-broken';
export const unreachableIcon: Shape = 'icon-unreachable';
export const themeSystemIcon: Shape = 'icon-theme-system';
export const themeLightIcon: Shape = 'icon-theme-light';
export const themeDarkIcon: Shape = 'icon-theme-dark';
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
