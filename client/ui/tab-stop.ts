import { createContext } from 'react';

/** Whether Tab stops at the buttons inside. In a list only those of one row are stops; without a list all are. */
export const TabStop = createContext<0 | -1 | undefined>(undefined);
