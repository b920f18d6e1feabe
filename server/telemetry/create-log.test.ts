import { describe, expect, it } from 'vitest';
import { createLog, jsonLines } from './create-log.ts';
import { readableLines } from './readable-lines.ts';

/** All that was written. */
function paper() {
  const lines: string[] = [];
  return { lines, write: (line: string) => void lines.push(line) };
}

const esc = String.fromCharCode(0x1b);
const csi = String.fromCharCode(0x9b);
const overturn = String.fromCharCode(0x202e);
const hostile = `${esc}[2J${csi}31m${overturn}\r\nlevel: forged\t`;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const anyControl = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

/** Deeper than a real one, and with the same frills. */
function aRefusal() {
  const inner = Object.assign(new Error('WRONGPASS for redis://app:s3cret@redis:6379/0'), { command: { name: 'auth', args: ['s3cret'] }, code: 'EAUTH' });
  return Object.assign(new Error(`GET https://s3/b/k?X-Amz-Signature=s3cret&X-Amz-Date=1 failed`, { cause: inner }), { headers: { authorization: 's3cret' } });
}

describe('the log', () => {
  it('is one line of JSON an event, in which no control character stands', () => {
    const written = paper();
    createLog('info', jsonLines(written)).info({ path: hostile }, hostile);
    expect(written.lines).toHaveLength(1);
    expect(written.lines[0]).toMatch(/^\{.*\}\n$/);
    expect(written.lines[0]).not.toMatch(anyControl);
    expect(JSON.parse(written.lines[0]!)).toMatchObject({ level: 'info', path: hostile, msg: hostile });
  });

  it('lets nothing take over the terminal of a person who reads it', () => {
    const written = paper();
    createLog('info', readableLines(written)).error({ path: hostile, err: new Error(hostile) }, hostile);
    const text = written.lines.join('');
    expect(text).toContain(String.raw`\u001b[2J\u009b31m\u202e\u000d\u000alevel: forged`);
    expect(text).not.toMatch(anyControl);
    expect(text.split('\n').filter((line) => line.startsWith('level: forged'))).toEqual([]);
    expect(text).toMatch(/\n\s+at .*create-log\.test\.ts/);
  });

  it('tells of an error what it is called, says and came from, and nothing that hangs on it', () => {
    const written = paper();
    createLog('info', jsonLines(written)).error({ err: aRefusal() }, 'away');
    const { err } = JSON.parse(written.lines[0]!) as { err: Record<string, unknown> };
    expect(written.lines[0]).not.toContain('s3cret');
    expect(Object.keys(err)).toEqual(['type', 'message', 'stack', 'cause']);
    expect(err).toMatchObject({ message: 'GET https://s3/b/k?… failed', cause: { code: 'EAUTH', message: 'WRONGPASS for redis://redis:6379/0' } });
  });

  it('leaves out what is below its level', () => {
    const written = paper();
    const log = createLog('warn', jsonLines(written));
    log.info({}, 'request');
    log.warn({}, 'told');
    expect(written.lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['told']);
    expect(log.isLevelEnabled('info')).toBe(false);
  });
});
