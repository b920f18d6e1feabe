const key = 'letters';

/** Whether single letters do something. Somebody who speaks to the computer, or types by accident, can switch them off. */
export function areLettersOn(): boolean {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return inMemory;
  }
}

let inMemory = true;

export function switchLetters(on: boolean): void {
  inMemory = on;
  try {
    if (on) localStorage.removeItem(key);
    else localStorage.setItem(key, 'off');
  } catch {
    // Storage is forbidden: the choice lasts as long as the page.
  }
}
