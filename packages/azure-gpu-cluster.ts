import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import type { NpmPackage } from "./npm-package";

/** The components. Compiled file by file: programs load the areas that they use, and editors read their declarations. */
export const azureGpuCluster: NpmPackage = {
  manifest: "package.json",
  copied: { "README.md": "README.md", LICENSE: "LICENSE" },
  make(root, folder) {
    const compiler = path.join(root, "node_modules/typescript7/bin/tsc");
    const settings = ["--project", path.join(root, "tsconfig.build.json"), "--outDir", path.join(folder, "dist")];
    execFileSync(process.execPath, [compiler, ...settings], { stdio: ["ignore", "inherit", "inherit"] });
    const areas = readdirSync(path.join(root, "components"), { withFileTypes: true }).filter((it) => it.isDirectory());
    const { metafile } = buildSync({
      entryPoints: areas.map(({ name }) => path.join(root, "components", name, "index.ts")),
      absWorkingDir: root,
      outdir: "dist",
      write: false,
      metafile: true,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "cjs",
      logLevel: "error",
    });
    return metafile;
  },
};
