import path from "node:path";
import { buildSync } from "esbuild";

/** Where the program stands as a text. */
export const controllerProgramFile = "components/platform/node-health/controller-program.ts";

/**
 * The controller of node health as a file of the project: its program in one piece, line by line, so that a plan needs no compiler and a
 * review sees what changes in clusters.
 */
export function controllerProgram(root: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(root, path.dirname(controllerProgramFile), "controller/main.ts")],
    absWorkingDir: root,
    write: false,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    charset: "utf8",
    logLevel: "error",
  });
  const lines = (outputFiles[0]?.text ?? "").trimEnd().split("\n");
  return [
    "// Made from `controller/` by `npm run docs`.",
    "",
    "/** The controller as the cluster runs it, one file for Node.js without a package. */",
    `export const controllerProgram = [${lines.map((it) => `${JSON.stringify(it)},`).join("\n")} ""].join("\\n");`,
    "",
  ].join("\n");
}
