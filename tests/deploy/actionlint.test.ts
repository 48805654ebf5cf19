import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { describeWithActionlint } from "../simulator/engine/with-actionlint";
import { root } from "../stack-files";

const folders = ["deploy/github", ".github/workflows"].filter((it) => existsSync(path.join(root, it)));
const workflows = folders.flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((it) => it.endsWith(".yml"))
    .map((it) => `${folder}/${it}`),
);

describeWithActionlint("workflows", (lint) => {
  it.each(workflows)("%s", (file) => {
    expect(lint(readFileSync(path.join(root, file), "utf8"), path.join(root, file))).toEqual([]);
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
