import { freePort } from './free-port.ts';

/** How often another port is tried. */
const mostTries = 5;
const isTaken = /address already in use|EADDRINUSE/i;

/** Starts something on a free port, and on another where somebody took it first. Resolves with the port; rejects as `start` does. */
export async function onFreePort(start: (port: number) => Promise<void>): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    try {
      await start(port);
      return port;
    } catch (error) {
      if (tries === mostTries || !isTaken.test(String(error))) throw error;
    }
  }
}
