import { expect, it } from 'vitest';
import { StoreUnavailable } from '../downloads/errors.ts';
import { reachRedis } from './reach-redis.ts';

const reply = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });
const told = (fault: unknown) => reachRedis(() => Promise.reject(fault as Error)).catch((thrown: unknown) => thrown);

it.each([
  reply("OOM command not allowed when used memory > 'maxmemory'."),
  reply('LOADING Redis is loading the dataset in memory'),
  reply("READONLY You can't write against a read only replica."),
  reply('MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist to disk.'),
  reply('BUSY Redis is busy running a script.'),
  reply('NOPERM this user has no permissions'),
  new Error('Connection is closed.'),
])('is told as StoreUnavailable: %s', async (error) => {
  expect(await told(error)).toBeInstanceOf(StoreUnavailable);
});

it.each([reply('ERR value is not an integer or out of range'), reply('OOMPH'), new TypeError('not a function')])(
  'is no excuse for a mistake of the program: %s',
  async (error) => {
    expect(await told(error)).toBe(error);
  },
);

it('says nothing of what the refused command carried', async () => {
  const error = Object.assign(reply('WRONGPASS invalid username-password pair'), { command: { name: 'auth', args: ['secret'] } });
  const { cause } = (await told(error)) as StoreUnavailable;
  expect(cause).toEqual(new Error('WRONGPASS invalid username-password pair'));
});
