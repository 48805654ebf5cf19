import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { preview } from "../../preview/preview";
import { plainStacks, today } from "../stack-files";

async function accessNotes(file: string): Promise<readonly string[]> {
  return (await preview(file, { today })).notes.filter((it) => /private/.test(it));
}

/** A stack file with other layers, and without a section. */
function variant(stack: keyof typeof plainStacks, layers: readonly string[], without = ""): string {
  const { config } = parse(readFileSync(plainStacks[stack], "utf8")) as { config: Record<string, unknown> };
  const changed = Object.entries({ ...config, "azure-gpu-cluster:layers": layers }).filter(
    ([key]) => !key.endsWith(`:${without}`),
  );
  const file = path.join(mkdtempSync(path.join(tmpdir(), "access-notes-")), `Pulumi.${stack}.yaml`);
  writeFileSync(file, stringify({ config: Object.fromEntries(changed) }));
  return file;
}

describe("where up has to run", () => {
  it("is no question while the API server is public", async () => {
    expect(await accessNotes(plainStacks.dev)).toEqual([]);
  });

  it("is said of the stack that makes a private cluster, with its runner", async () => {
    expect(await accessNotes(plainStacks.staging)).toEqual([
      "cluster.apiServer is private: the stack with layers [platform, tenants] runs on the runner, or in a network that finds it. docs/runbooks/first-deployment.md says how",
    ]);
    expect(await accessNotes(variant("staging", ["infra"], "runner"))).toEqual([
      expect.stringContaining("runs in a network that finds it; there is no runner."),
    ]);
  });

  it("is said of the stack that lives in one", async () => {
    expect(await accessNotes(plainStacks["staging-workloads"])).toEqual([
      expect.stringMatching(
        /^handover: the API server of organization\/azure-gpu-cluster\/staging is private: run up, refresh and destroy/,
      ),
    ]);
  });

  it("is said of one stack that makes both, which cannot finish its first up", async () => {
    expect(await accessNotes(variant("staging", ["infra", "platform", "tenants"]))).toEqual([
      expect.stringContaining("Make two stacks, layers [infra] and layers [platform, tenants]"),
    ]);
  });
});
