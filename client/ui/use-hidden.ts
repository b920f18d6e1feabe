import { useSyncExternalStore } from 'react';
import { isHidden, onVisibilityChange } from './is-hidden.ts';

/** Whether nobody can see this tab now. */
export const useHidden = () => useSyncExternalStore(onVisibilityChange, isHidden);
