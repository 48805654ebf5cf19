import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { stacksOf } from "../../stacks/stacks-of";
import { shippedStacks } from "../stack-files";

it.each([
  ["dev", ["dev"]],
  ["prod", ["prod", "prod-workloads"]],
  ["prod-workloads", ["prod", "prod-workloads"]],
  ["cell-4k", ["cell-4k", "cell-4k-workloads"]],
] as const)("finds the stacks of the environment that %s belongs to", (stack, all) => {
  expect(stacksOf(shippedStacks[stack])).toEqual(all.map((it) => shippedStacks[it]));
});

it("leaves a file alone that reads one that is not there, or that cannot be read", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "stacks-of-"));
  const write = (stack: string, text: string): string => {
    const file = path.join(folder, `Pulumi.${stack}.yaml`);
    writeFileSync(file, text);
    return file;
  };
  const alone = write(
    "alone",
    "config:\n  pulumi:disable-default-providers: [kubernetes]\n  handover: o/azure-gpu-cluster/nobody\n",
  );
  const broken = write("broken", "config: [");
  expect(stacksOf(alone)).toEqual([alone]);
  expect(stacksOf(broken)).toEqual([broken]);
});
