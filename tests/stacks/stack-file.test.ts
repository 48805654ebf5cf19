import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findStackFile, readStackFile, type StackFile } from "../../stacks/stack-file";
import { root, shippedStacks } from "../stack-files";

function read(text: string, name = "Pulumi.test.yaml"): StackFile {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "stack-")), name);
  writeFileSync(file, text);
  return readStackFile(file);
}

const head = "config:\n  pulumi:disable-default-providers: [kubernetes]\n";

describe("readStackFile", () => {
  it("gives values as the engine does: text for scalars, JSON for the rest", () => {
    const { values, stack } = read(
      `${head}  azure-native:location: eastus\n  azure-gpu-cluster:gpuPools: {a: {nodes: 1}}\n  owner: no\n  day: 2026-12-31\n`,
    );
    expect(stack).toBe("test");
    expect(values).toMatchObject({
      "azure-native:location": "eastus",
      "azure-gpu-cluster:gpuPools": '{"a":{"nodes":1}}',
      // A key without a namespace is the project's, and a date arrives as a time.
      "azure-gpu-cluster:owner": "no",
      "azure-gpu-cluster:day": "2026-12-31T00:00:00.000Z",
    });
  });

  it("knows the line of the deepest part that is there", () => {
    const { lineOf } = read(`${head}  azure-gpu-cluster:gpuPools:\n    h100:\n      size: x\n`);
    expect(["gpuPools.h100.size", "gpuPools.h100.nodes", "gpuPools", "network"].map(lineOf)).toEqual([
      5,
      4,
      3,
      undefined,
    ]);
  });

  it("takes the name of a file with a name of its own", () => {
    expect(read(head, "mine.yaml").stack).toBe("mine");
  });

  it.each([
    ["a tab", "config:\n\ta: b\n", "YAML (line 2): is broken in column 1: Tabs are not allowed"],
    ["a key twice", `${head}  a: 1\n  a: 2\n`, "YAML (line 4): is broken in column 3: Map keys must be unique"],
    ["an unclosed list", "config: [\n", "YAML (line 2)"],
    ["no mapping", "hello\n", 'file: must be a mapping with the key config; got "hello"'],
    ["nothing", "", "file: must be a mapping with the key config; got null"],
    ["no config", "encryptionsalt: x\n", "config: must be given"],
    ["a list as config", "config: [a]\n", 'config: must be a mapping; got ["a"]'],
    [
      "endless aliases",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi"
        .split("")
        .map((it, at) => `${it}: &${it} [${Array(9).fill(`*${"abcdefghi"[at]}`).join(",")}]`)
        .join("\n")}\nconfig: {}\n`,
      "YAML: cannot be expanded",
    ],
    ["an unknown anchor", "config: *x\n", "Unresolved alias"],
  ])("fails on %s", (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it.each([
    ["nobody switched the default provider off", "config: {}\n", "pulumi:disable-default-providers"],
    ["an unknown key", `${head}confg: {}\n`, "confg"],
  ])("notes that %s and reads on", (_, text, at) => {
    expect(read(text).problems.map((it) => it.path)).toContain(at);
  });

  it("fails on a folder and on a file that is not there", () => {
    expect(() => readStackFile(root)).toThrow("file: cannot be read (EISDIR)");
    expect(() => readStackFile(path.join(root, "Pulumi.none.yaml"))).toThrow("file: cannot be read (ENOENT)");
  });
});

describe("findStackFile", () => {
  it("finds environments by name, examples included, and files by path", () => {
    expect(findStackFile("dev", root)).toBe(shippedStacks.dev);
    expect(findStackFile("cell-4k", root)).toBe(shippedStacks["cell-4k"]);
    expect(findStackFile(shippedStacks.prod, root)).toBe(shippedStacks.prod);
  });

  it("fails with the names that there are, the nearest first", () => {
    expect(() => findStackFile("deb", root)).toThrow('got "deb". Known: dev,');
  });
});
