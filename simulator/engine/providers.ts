import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** Executables that the engine takes for the real ones, and where they begin. */
const providers = {
  "pulumi-resource-azure-native": "azure/main.ts",
  "pulumi-resource-kubernetes": "kubernetes/main.ts",
} as const;
const nodeHost = { "pulumi-language-nodejs": "language/main.ts" } as const;

/** What was bundled, by entry: the sources of this process do not change while it runs. */
const bundles = new Map<string, string>();

/**
 * Writes the stand-ins for the providers into a folder to put first on PATH, each as one file. The engine starts them
 * anew for every operation: from their sources, read and compiled one by one, each start took four times as long.
 * Written anew each time, since whatever lies there is run.
 * @returns the folder
 */
export function buildProviders(folder: string): string {
  return build(providers, folder);
}

/** The same for the host of programs and plugins in Node, which stacks here do without: their program runs in the process that asks. */
export function buildNodeHost(folder: string): string {
  return build(nodeHost, folder);
}

function build(entries: Readonly<Record<string, string>>, folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, entry] of Object.entries(entries)) {
    const text = bundles.get(entry) ?? bundle(join(__dirname, "..", entry));
    bundles.set(entry, text);
    writeFileSync(join(folder, name), text, { mode: 0o700 });
  }
  return folder;
}

function bundle(source: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [source],
    write: false,
    bundle: true,
    minify: true,
    // What breaks is found by its name.
    keepNames: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // What they look up while they run, they look up where the project's packages are.
    define: { __filename: JSON.stringify(source) },
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "error",
  });
  return outputFiles.map(({ text }) => text).join("");
}
