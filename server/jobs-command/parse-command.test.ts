import { describe, expect, it } from 'vitest';
import { parseCommand, UsageError } from './parse-command.ts';

const parse = (line: string) => parseCommand(line.split(' ').filter(Boolean));

describe('the command line of operators', () => {
  it.each([
    ['list', { name: 'list', json: false, question: { statuses: null, userId: null, limit: 50 } }],
    ['list --status queued,failed --user ada --limit 7 --json', { name: 'list', json: true, question: { statuses: ['queued', 'failed'], userId: 'ada', limit: 7 } }],
    ['show dl_a --json', { name: 'show', jobId: 'dl_a', json: true }],
    ['retry dl_a dl_b dl_a', { name: 'retry', jobIds: ['dl_a', 'dl_b'], json: false }],
    ['--json cancel dl_a', { name: 'cancel', jobIds: ['dl_a'], json: true }],
    ['expire dl_a', { name: 'expire', jobIds: ['dl_a'], json: false }],
    ['doctor', { name: 'doctor', json: false }],
  ])('understands: %s', (line, command) => {
    expect(parse(line)).toEqual(command);
  });

  it('takes an id that begins with a dash after --', () => {
    expect(parse('show -- -x')).toMatchObject({ jobId: '-x' });
  });

  it.each(['', 'help', '--help', 'list -h'])('gives help for: %s', (line) => {
    expect(parse(line)).toBeNull();
  });

  it.each([
    ['lst', 'There is no command lst.'],
    ['list dl_a', 'list takes no dl_a'],
    ['list --status done', '--status: done is no status; there are queued, running'],
    ['list --limit 0', '--limit: must be at least 1'],
    ['list --limit many', '--limit: must be a number'],
    ['list --colour', "Unknown option '--colour'"],
    ['show', 'show takes one job'],
    ['show dl_a dl_b', 'show takes one job'],
    ['cancel', 'cancel which job?'],
    ['doctor dl_a', 'doctor looks at everything'],
    ['cancel dl_a --status queued', '--status belongs to list'],
  ])('says what is wrong with: %s', (line, complaint) => {
    expect(() => parse(line)).toThrow(UsageError);
    expect(() => parse(line)).toThrow(complaint);
  });
});
