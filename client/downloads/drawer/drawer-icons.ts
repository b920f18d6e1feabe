import type { Shape } from '../../ui/icon.tsx';

export const linkIcon: Shape = 'icon-link';
export const externalIcon: Shape = 'icon-external';
export const upIcon: Shape = 'icon-up';
