const key = 'letters';

/** Whether single letters do something, as the script before the first paint left it on the page. */
export const areLettersOn = () => document.documentElement.dataset[key] !== 'off';

/** Somebody who speaks to the computer, or types by accident, can switch them off. */
export function switchLetters(on: boolean): void {
  if (on) delete document.documentElement.dataset[key];
  else document.documentElement.dataset[key] = 'off';
  try {
    if (on) localStorage.removeItem(key);
    else localStorage.setItem(key, 'off');
  } catch {
    // Storage is forbidden: the choice lasts as long as the page.
  }
}
