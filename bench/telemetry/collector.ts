import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A collector of its own process, so that it costs the program nothing but what it sends: takes everything, keeps nothing. */
const server = createServer((req, res) => {
  req.resume().on('end', () => res.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'));
}).listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
