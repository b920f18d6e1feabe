import { expect, it, vi } from 'vitest';
import { installTestTools, type Machine, type Tool } from './install-test-tools.ts';

const purpose = 'to be there';
const there: Tool = { package: 'unzip', purpose, isThere: () => true };
const missing: Tool = { package: 'chromium', purpose, isThere: () => false };

function aMachine(different: Partial<Machine> = {}) {
  return { canInstall: true, aptGet: vi.fn(() => true), say: vi.fn(), ...different };
}

/** Comes with the apt-get run of the given number. */
function arriving(onRun: number): { tool: Tool; aptGet: Machine['aptGet'] & ReturnType<typeof vi.fn> } {
  let runs = 0;
  const aptGet = vi.fn((command: string) => (command === 'update' ? true : ++runs >= onRun));
  return { tool: { package: 'chromium', purpose, isThere: () => runs >= onRun }, aptGet };
}

it('does nothing where all is there', () => {
  const machine = aMachine();
  expect(installTestTools([there], machine)).toBe(true);
  expect(machine.aptGet).not.toHaveBeenCalled();
  expect(machine.say).not.toHaveBeenCalled();
});

it('installs what is missing, and only that, after an update', () => {
  const { tool, aptGet } = arriving(1);
  expect(installTestTools([there, tool], aMachine({ aptGet }))).toBe(true);
  expect(aptGet.mock.calls).toEqual([['update'], ['install', '-y', '--no-install-recommends', 'chromium']]);
});

it('tries a second time', () => {
  const { tool, aptGet } = arriving(2);
  expect(installTestTools([tool], aMachine({ aptGet }))).toBe(true);
});

it('says what to install where it may not', () => {
  const machine = aMachine({ canInstall: false });
  expect(installTestTools([there, missing], machine)).toBe(false);
  expect(machine.aptGet).not.toHaveBeenCalled();
  expect(machine.say).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/apt-get install -y --no-install-recommends chromium\n.*playwright install/));
});

it('gives up after the second failure, and says what to install', () => {
  const machine = aMachine({ aptGet: vi.fn(() => false) });
  expect(installTestTools([missing], machine)).toBe(false);
  expect(machine.aptGet).toHaveBeenCalledTimes(2);
  expect(machine.say).toHaveBeenLastCalledWith(expect.stringContaining('chromium: to be there'));
});
