import { serve } from "./serve";
import { readSettings } from "./settings";

/** Starts the provider and prints its port, as the engine expects of a plugin. */
async function main(): Promise<void> {
  const { port } = await serve(readSettings(process.env), () => process.exit(1));
  process.stdout.write(`${port}\n`);

  // How the engine ends its plugins, each in a process group of its own that no Ctrl-C reaches. It waits for 5 s, then kills.
  process.on("SIGINT", () => process.exit(0));
  // An engine that was killed cannot stop its plugins: nothing may stay behind.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 1000).unref();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
