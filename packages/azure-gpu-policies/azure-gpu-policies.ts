import path from "node:path";
import { buildSync } from "esbuild";
import { environments } from "../../policies/engine/rule";
import type { NpmPackage } from "../npm-package";

/** The rules, as a pack of Pulumi and as a command, each in one file with all that it needs. */
export const azureGpuPolicies: NpmPackage = {
  manifest: "policies/package.json",
  copied: {
    "README.md": "packages/azure-gpu-policies/README.md",
    LICENSE: "LICENSE",
    "rules.md": "docs/policies.md",
    // Fixes of rules on sizes name it.
    "docs/sizes.md": "docs/sizes.md",
    "PulumiPolicy.yaml": "policies/PulumiPolicy.yaml",
    "config.schema.json": "policies/config.schema.json",
    ...Object.fromEntries(environments.map((it) => [`config/${it}.json`, `policies/config/${it}.json`])),
  },
  make: (root, folder) =>
    buildSync({
      entryPoints: { index: "policies/start.js", command: "cli/azure-gpu-policies.ts" },
      absWorkingDir: root,
      outdir: folder,
      metafile: true,
      bundle: true,
      // Says in which process the pack runs, and is changed while it loads: there must be one for both.
      external: ["@pulumi/policy"],
      alias: { "@grpc/grpc-js": path.join(root, "packages/azure-gpu-policies/unused.cjs") },
      // Names of files in comments are then those in the repository, wherever the packages lie.
      preserveSymlinks: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      charset: "utf8",
      legalComments: "inline",
      logLevel: "error",
    }).metafile,
};
