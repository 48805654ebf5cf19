import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { describeWithActionlint } from "../simulator/engine/with-actionlint";
import { root } from "../stack-files";
import { installAt, shipped } from "./github-files";

const own = path.join(root, ".github/workflows");
const ownWorkflows = existsSync(own) ? readdirSync(own).map((it) => path.join(own, it)) : [];

describeWithActionlint("workflows", (lint) => {
  const installed = installAt(mkdtempSync(path.join(tmpdir(), "workflows-")), shipped);

  it.each([...installed, ...ownWorkflows].map((it) => [path.basename(it), it] as const))("%s", (_, file) => {
    expect(lint(readFileSync(file, "utf8"), file)).toEqual([]);
  });

  describe("a broken one is found:", () => {
    const workflow =
      "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo\n";
    const cases: readonly (readonly [string, (text: string) => string, RegExp])[] = [
      ["a key that there is none of", (it) => it.replace("steps", "step"), /"steps" section is missing|unexpected key/],
      ["a right that there is none of", (it) => it.replace("{}", "{ cluster: write }"), /unknown permission scope/],
      ["a job that there is none of", (it) => it.replace("    steps", "    needs: b\n    steps"), /does not exist/],
      ["a context that there is none of", (it) => `${it}        env: { A: "\${{ var.A }}" }\n`, /undefined variable/],
      ["somebody's words in a script", (it) => it.replace("echo", "echo ${{ github.head_ref }}"), /untrusted/],
    ];

    it.each(cases)("%s", (_, change, message) => {
      expect(lint(workflow, "a.yml")).toEqual([]);
      expect(lint(change(workflow), "a.yml").map((it) => it.message)).toContainEqual(expect.stringMatching(message));
    });
  });
});
