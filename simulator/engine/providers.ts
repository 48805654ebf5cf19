import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** Executables that the engine takes for the real providers, and where they begin. */
const entries = {
  "pulumi-resource-azure-native": "azure/main.ts",
  "pulumi-resource-kubernetes": "kubernetes/main.ts",
} as const;

/**
 * Writes the stand-ins for the providers into a folder to put first on PATH, each as one file. The engine starts them
 * anew for every operation: from their sources, read and compiled one by one, each start took four times as long.
 * Built anew each time, since whatever lies there is run.
 * @returns the folder
 */
export function buildProviders(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, entry] of Object.entries(entries)) {
    const [source, outfile] = [join(__dirname, "..", entry), join(folder, name)];
    buildSync({
      entryPoints: [source],
      outfile,
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
    chmodSync(outfile, 0o700);
  }
  return folder;
}
