import { describe, expect, it } from 'vitest';
import { errnoFault } from './errno-fault.ts';

const errno = (code: string) => Object.assign(new Error(`${code}: told by the system, /srv/secret/a.txt`), { code, errno: -1 });

describe('errnoFault', () => {
  it.each([
    ['ENOENT', 'file-not-found'],
    ['ENOTDIR', 'file-not-found'],
    ['ELOOP', 'file-not-found'],
    ['ESTALE', 'file-not-found'],
    ['EACCES', 'source-forbidden'],
    ['EPERM', 'source-forbidden'],
    ['EIO', 'source-unavailable'],
    ['EMFILE', 'source-unavailable'],
    ['ETIMEDOUT', 'source-unavailable'],
  ])('makes %s into %s, and names no path outside', (told, code) => {
    const fault = errnoFault(errno(told), 'a.txt');
    expect(fault).toMatchObject({ name: 'SourceFault', code });
    expect((fault as Error).message).not.toContain('secret');
  });

  it('leaves other errors as they are', () => {
    const error = new Error('cancelled');
    expect(errnoFault(error, 'a.txt')).toBe(error);
  });
});
