import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { describeProblem } from "../../core/problems";
import { readStackFile, type StackFile } from "../../stacks/stack-file";
import { root } from "../stack-files";

function read(text: string | Buffer, name = "Pulumi.test.yaml"): StackFile {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "stack-")), name);
  writeFileSync(file, text);
  return readStackFile(file);
}

const head = "config:\n  pulumi:disable-default-providers: [kubernetes]\n";

describe("readStackFile", () => {
  it("gives values as the engine does: text for scalars, JSON for the rest", () => {
    const { values, stack } = read(
      `${head}  azure-native:location: eastus\n  azure-gpu-cluster:gpuPools: {a: {nodes: 1}}\n  owner: no\n  half: 1.50\n`,
    );
    expect(stack).toBe("test");
    expect(values).toMatchObject({
      "azure-native:location": "eastus",
      "azure-gpu-cluster:gpuPools": '{"a":{"nodes":1}}',
      // A key without a namespace is the project's.
      "azure-gpu-cluster:owner": "no",
      "azure-gpu-cluster:half": "1.5",
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
    ["an unclosed list", "config: [\n", "YAML (line 2)"],
    ["no mapping", "hello\n", 'file: must be a mapping with the key config; got "hello"'],
    ["nothing", "", "file: must be a mapping with the key config; got null"],
    ["no config", "encryptionsalt: x\n", "config (not in the file): must be given"],
    ["a list as config", "config: [a]\n", 'config (line 1): must be a mapping; got ["a"]'],
    [
      "endless aliases",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi"
        .split("")
        .map((it, at) => `${it}: &${it} [${Array(9).fill(`*${"abcdefghi"[at]}`).join(",")}]`)
        .join("\n")}\nconfig: {}\n`,
      "YAML (line 3): cannot be expanded: it uses aliases more than 100 times",
    ],
    [
      "an unknown anchor",
      "config: *x\n",
      "YAML (line 1): is broken in column 9: an alias names no anchor above it. Write the value out instead",
    ],
  ])("fails on %s", (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it.each([
    ["nobody switched the default provider off", "config: {}\n", "pulumi:disable-default-providers"],
    ["an unknown key", `${head}confg: {}\n`, "confg"],
  ])("notes that %s and reads on", (_, text, at) => {
    expect(read(text).problems.map((it) => it.path)).toContain(at);
  });

  it.each([
    ["a key twice", "a: 1\n  a: 2", "a (line 4): is given twice: first in line 3. Keep one of the two"],
    ["a key twice inside", "a: { b: 1, b: 2 }", "a.b (line 3): is given twice: first in line 3. Keep one of the two"],
    [
      "a key with and without the project's name",
      "a: 1\n  azure-gpu-cluster:a: 2",
      "a (line 3): is given twice, with the project's name and without: first in line 3",
    ],
    [
      "a date",
      "a: { b: 2026-12-31 }",
      'a.b (line 3): is a date without quotes, which becomes a long text on its way; got "2026-12-31". Put it in quotes: "2026-12-31"',
    ],
    ["a number in base 8", "a: [0o10]", 'a[0] (line 3): is a number that readers of YAML take differently; got "0o10"'],
    ["a tag", "a: !!set { b }", "a (line 3): must not have a tag"],
    ["a tag of no kind", "a: ! 12", "a (line 3): must not have a tag"],
    ["a merge key", "a: { <<: { b: 1 } }", 'a."<<" (line 3): must not merge mappings'],
    ["a key that is a number", "a: { 1: b }", "a (line 3): must have keys that are text"],
    ["an escape of JSON", 'a: "b\\/c"', "a (line 3): must have no escapes but"],
  ])("notes %s, with the line and the safe spelling", (_, text, said) => {
    const { problems, lineOf } = read(`${head}  ${text}\n`);
    const told = problems.map((it) => describeProblem({ ...it, line: it.line ?? lineOf(it.path) ?? 0 }));
    expect(told).toEqual([expect.stringContaining(said)]);
  });

  it.each([
    ["bytes that are not UTF-8", Buffer.from([0x61, 0xff]), "file: must be UTF-8 text"],
    ["UTF-16", Buffer.from("\ufeffconfig: {}", "utf16le"), "file: must be UTF-8 text"],
    [
      "a control character",
      Buffer.from("config:\n  a: \u0007\n"),
      "file (line 2): must not hold control characters: U+0007",
    ],
    ["a line break of its own kind", Buffer.from("config: a\u2028b"), "U+2028"],
    ["two documents", Buffer.from("config: {}\n---\nconfig: {}\n"), "a second document begins"],
    ["a directive", Buffer.from("%YAML 1.1\n---\nconfig: {}\n"), "directives are not read alike by all"],
    ["a very large file", Buffer.alloc(2 ** 20 + 1, 35), "file: must have at most 1048576 bytes; it has 1048577"],
    ["brackets without end", Buffer.alloc(200_000, "["), "file: is nested more than 20 deep"],
    ["an alias of itself", Buffer.from("config: &a [*a]"), "is nested more than 20 deep"],
    ["very many values", Buffer.from(`config: [${"a,".repeat(50_001)}]`), "holds more than 50000 values"],
  ])("fails on %s", (_, bytes, said) => {
    expect(() => read(bytes)).toThrow(said);
  });

  it("takes the mark that some editors put first", () => {
    expect(read(`\ufeff${head}  a: b\n`).values).toMatchObject({ "azure-gpu-cluster:a": "b" });
  });

  it("fails on a folder and on a file that is not there", () => {
    expect(() => readStackFile(root)).toThrow("file: cannot be read (EISDIR)");
    expect(() => readStackFile(path.join(root, "Pulumi.none.yaml"))).toThrow("file: cannot be read (ENOENT)");
  });
});
