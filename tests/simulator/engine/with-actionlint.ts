import { spawnSync } from "node:child_process";
import { describe } from "vitest";
import { findActionlint, howToGetActionlint } from "../../../simulator/engine/actionlint";

/** What the linter has to say of a workflow. */
export interface WorkflowFault {
  readonly line: number;
  readonly kind: string;
  readonly message: string;
}

/** Asks the linter about the text of a workflow; `file` is where it lies, which it needs for the actions and workflows beside it. */
export type LintWorkflow = (text: string, file: string) => readonly WorkflowFault[];

function linting(program: string): LintWorkflow {
  return (text, file) => {
    // What the machine happens to have of shellcheck and pyflakes must not decide.
    const args = ["-format", "{{json .}}", "-no-color", "-shellcheck=", "-pyflakes=", "-stdin-filename", file, "-"];
    const { status, stdout, stderr } = spawnSync(program, args, { input: text, encoding: "utf8" });
    if (status !== 0 && status !== 1) throw new Error(`actionlint: ${stderr}`);
    return JSON.parse(stdout) as WorkflowFault[];
  };
}

/** Tests that need the linter of workflows. On a machine without it they are counted as skipped, and say how to get it. */
export function describeWithActionlint(name: string, tests: (lint: LintWorkflow) => void): void {
  const program = findActionlint();
  if (program !== undefined) {
    describe(name, () => tests(linting(program)));
    return;
  }
  process.stderr.write(`Skipped: ${name}. It needs the linter of workflows. ${howToGetActionlint}\n`);
  describe.skip(`${name} (needs the linter of workflows: npm run engine)`, () => tests(linting("")));
}
