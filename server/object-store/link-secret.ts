import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';

const secretBytes = 32;

/** The secret that links are signed with, made at the first start. All who start on one folder get the same. */
export async function keepLinkSecret(path: string): Promise<Buffer> {
  const secret = (await readSecret(path)) ?? (await makeSecret(path));
  if (secret.length !== secretBytes) throw new Error(`${path} does not hold a secret. Delete it, and a new one is made; links given out end.`);
  return secret;
}

async function makeSecret(path: string): Promise<Buffer> {
  const draft = `${path}.${randomUUID()}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(randomBytes(secretBytes));
      await file.sync();
    } finally {
      await file.close();
    }
    // Unlike a rename, this leaves the secret of whoever was quicker, and never shows half of one.
    await link(draft, path).catch(unless('EEXIST'));
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path);
}

async function readSecret(path: string): Promise<Buffer | null> {
  return (await readFile(path).catch(unless('ENOENT'))) ?? null;
}

function unless(code: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Error && 'code' in error && error.code === code)) throw error;
  };
}
