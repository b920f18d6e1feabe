import { inflateRawSync } from 'node:zlib';

export interface ZipLine {
  readonly path: string;
  readonly method: number;
  readonly size: number;
  readonly bytes: Buffer;
  readonly mode: number;
  readonly modifiedAt: Date;
}

/** What a ZIP in memory holds, read by its central directory as an unpacking program does. For tests. */
export function readZip(zip: Buffer): ZipLine[] {
  const { at, count } = directoryOf(zip);
  const lines: ZipLine[] = [];
  let offset = at;
  for (let n = 0; n < count; n += 1) {
    if (zip.readUInt32LE(offset) !== 0x02014b50) throw new Error(`no entry ${n} of ${count} at ${offset}`);
    const pathEnd = offset + 46 + zip.readUInt16LE(offset + 28);
    lines.push(lineAt(zip, offset, pathEnd));
    offset = pathEnd + zip.readUInt16LE(offset + 30) + zip.readUInt16LE(offset + 32);
  }
  return lines;
}

function directoryOf(zip: Buffer): { at: number; count: number } {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  if (end < 0) throw new Error('no end of a central directory');
  const count = zip.readUInt16LE(end + 10);
  if (count < 0xffff) return { at: zip.readUInt32LE(end + 16), count };
  const zip64 = Number(zip.readBigUInt64LE(end - 20 + 8));
  return { at: Number(zip.readBigUInt64LE(zip64 + 48)), count: Number(zip.readBigUInt64LE(zip64 + 32)) };
}

function lineAt(zip: Buffer, offset: number, pathEnd: number): ZipLine {
  const method = zip.readUInt16LE(offset + 10);
  const local = zip.readUInt32LE(offset + 42);
  const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(begin, begin + zip.readUInt32LE(offset + 20));
  return {
    path: zip.toString('utf8', offset + 46, pathEnd),
    method,
    size: zip.readUInt32LE(offset + 24),
    bytes: method === 0 ? packed : inflateRawSync(packed),
    mode: zip.readUInt16LE(offset + 40),
    modifiedAt: new Date(zip.readUInt32LE(pathEnd + 5) * 1000),
  };
}
