/** One line of a trial's report. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
