/** Whether this runs where nothing may be left out. */
export function isCi(): boolean {
  return !['', '0', 'false'].includes(process.env.CI ?? '');
}
