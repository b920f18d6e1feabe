import { createServer, type Server } from 'node:http';

/** The least that can answer the same bytes: every path's answer, taken once from the service and kept in memory. */
export async function bareServer(origin: string, paths: readonly string[]): Promise<Server> {
  const answers = new Map<string, { headers: Record<string, string>; body: string }>();
  for (const path of paths) {
    const response = await fetch(origin + path);
    // What Node adds by itself is left to Node.
    const headers = Object.fromEntries([...response.headers].filter(([name]) => !['connection', 'date', 'keep-alive'].includes(name)));
    answers.set(path, { headers, body: await response.text() });
  }
  return createServer((req, res) => {
    const { headers, body } = answers.get(req.url!)!;
    res.writeHead(200, headers);
    res.end(body);
  });
}
