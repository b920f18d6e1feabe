import type { Shape } from '../../ui/icon.tsx';

export const documentIcon: Shape = { line: 'M4.2 2.5h4.9l2.7 2.8v8.2H4.2zM9 2.6v2.9h2.8' };
