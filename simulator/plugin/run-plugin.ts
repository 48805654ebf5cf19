import type { Serving } from "./serve-plugin";

/** Runs a provider as the engine expects of a plugin: prints its port, and ends when the engine does. */
export function runPlugin(serve: () => Promise<Serving>): void {
  run(serve).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}

async function run(serve: () => Promise<Serving>): Promise<void> {
  const { port } = await serve();
  process.stdout.write(`${port}\n`);

  // How the engine ends its plugins, each in a process group of its own that no Ctrl-C reaches. It waits for 5 s, then kills.
  process.on("SIGINT", () => process.exit(0));
  // An engine that was killed cannot stop its plugins: nothing may stay behind.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 1000).unref();
}
