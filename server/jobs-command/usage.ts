/** What the command understands, and what its end says. */
export const usage = `npm run jobs -- COMMAND

  list [--status queued,running] [--user NAME] [--limit 50]   the newest jobs
  show JOB                                                    all that is known of one, and what happened to it
  retry JOB…                                                  a new job for the same request
  cancel JOB…                                                 ends a job, whatever is being done for it
  expire JOB…                                                 deletes a finished file before its time
  doctor                                                      finds what does not fit together

  --json   machine-readable, on standard output alone (with npm run --silent jobs)

It reads the program's own settings and .env, and works with the program running or not.
It ends with 0 when all was done, 1 when something was refused or found wrong, 2 when it was
not understood or is not set up, and 3 when records or queue cannot be reached.
`;
