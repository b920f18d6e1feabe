import type { Shape } from '../../ui/icon.tsx';

export const documentIcon: Shape = 'icon-document';
