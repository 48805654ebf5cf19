import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../stack-files";

/** A script of npm that runs a program of this project: its name, what Node loads first, and the program. */
export interface Command {
  readonly name: string;
  readonly start: string;
  readonly program: string;
}

/** Every command of this project, in the order of package.json. The other scripts are programs of others. */
export const commands: readonly Command[] = Object.entries(
  (JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { readonly scripts: Record<string, string> })
    .scripts,
).flatMap(([name, script]) => {
  const [, start, program] = /^node --require (\S+) (\S+\.ts)$/.exec(script) ?? [];
  return start === undefined || program === undefined ? [] : [{ name, start, program }];
});
