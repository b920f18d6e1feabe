import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { SwallowingProxy } from './swallowing-proxy.ts';

const heard = async (socket: Socket) => String((await once(socket, 'data'))[0]);
const ended = (socket: Socket) => new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
const silence = (socket: Socket) => Promise.race([heard(socket), new Promise((resolve) => setTimeout(resolve, 50, 'silence'))]);

/** A proxy before a server that says everything back, and a way to reach it. */
async function aProxy() {
  const echo = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const proxy = await SwallowingProxy.before((echo.address() as AddressInfo).port);
  onTestFinished(async () => {
    await proxy.refuse();
    echo.close();
  });
  const reach = async () => {
    const socket = connect(proxy.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
  return { proxy, reach };
}

it('passes everything on, also the end', async () => {
  const { reach } = await aProxy();
  const socket = await reach();
  socket.write('hello');
  expect(await heard(socket)).toBe('hello');
  const end = ended(socket);
  socket.end('bye');
  expect(await heard(socket)).toBe('bye');
  await end;
});

it('swallows what is said on old and new connections, and lets none of them end', async () => {
  const { proxy, reach } = await aProxy();
  const old = await reach();
  proxy.swallow();
  const young = await reach();
  old.write('hello');
  young.end('hello');
  expect(await silence(old)).toBe('silence');
  expect(await silence(young)).toBe('silence');
  expect(old.readyState).toBe('open');
});

it('passes on again what is said on new connections, and leaves dead ones dead', async () => {
  const { proxy, reach } = await aProxy();
  const old = await reach();
  proxy.swallow();
  await proxy.pass();
  const young = await reach();
  for (const socket of [old, young]) socket.write('hello');
  expect(await heard(young)).toBe('hello');
  expect(await silence(old)).toBe('silence');
});

it('refuses, and is there again at the same port', async () => {
  const { proxy, reach } = await aProxy();
  const [old, { port }] = [await reach(), proxy];
  const end = ended(old);
  await proxy.refuse();
  await end;
  await expect(reach()).rejects.toThrow('ECONNREFUSED');
  await proxy.pass();
  expect(proxy.port).toBe(port);
  const young = await reach();
  young.write('hello');
  expect(await heard(young)).toBe('hello');
});

it('cuts what is under way, and nothing else', async () => {
  const { proxy, reach } = await aProxy();
  const end = ended(await reach());
  proxy.cut();
  await end;
  const young = await reach();
  young.write('hello');
  expect(await heard(young)).toBe('hello');
});
