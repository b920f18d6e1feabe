import { expect, type Page } from '@playwright/test';
import type { Job } from '#shared/job.ts';
import type { Dashboard } from '../support/story.ts';
import type { StagedMemory } from '../staged/staged-memory.ts';
import type { StagedService } from '../staged/staged-service.ts';

/** One picture of the gallery: how the service and the browser stand, and what a person does until it is taken. */
export interface Scene {
  /** What it shows; also the name of its files. */
  shows: string;
  /** What both the service and the browser know; left out, an everyday list. */
  jobs?: readonly Job[];
  service?: Partial<StagedService>;
  memory?: Partial<StagedMemory>;
  path?: string;
  /** Where all of it is higher than a usual window. */
  height?: number;
  /** What a person does, once. */
  play?: (dashboard: Dashboard) => Promise<void>;
  /** What has to be done again when the window has another width: layers hang where their button was, and a pointer stays where it was. */
  pose?: (dashboard: Dashboard, screen: Screen) => Promise<void>;
  /** Taken while what comes late is still to come. */
  early?: boolean;
}

/** How wide the window is, and by that how it is laid out. */
export interface Screen {
  width: number;
  height: number;
  isPhone: boolean;
}

export const screens: readonly Screen[] = [
  { width: 1280, height: 900, isPhone: false },
  { width: 834, height: 1112, isPhone: false },
  { width: 390, height: 844, isPhone: true },
];

/** Closes what hangs from a button, by a click beside it. */
export const closeLayer = (page: Page) => page.mouse.click(1, 1);

/** Waits until the headline says this. */
export const says = (heading: string) => (dashboard: Dashboard) => expect(dashboard.heading).toHaveText(heading);

/** Waits until this can be read somewhere. */
export const reads = (text: string | RegExp) => (dashboard: Dashboard) => expect(dashboard.page.getByText(text).first()).toBeVisible();
