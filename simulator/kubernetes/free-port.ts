import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below what systems give to connections by themselves: one of those may take a port between our look and the start of its program. */
const range = { first: 20_000, end: 32_768 } as const;

/** A port of 127.0.0.1 that nobody listens on, by chance, so that programs that start at once look in different places. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(range.first, range.end);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port of 127.0.0.1 between ${range.first} and ${range.end - 1} is free.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      // Taken, or kept back by the system.
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => resolve(true));
  });
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}
