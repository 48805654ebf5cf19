import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMap, isScalar, isSeq, parseDocument, type Pair, Scalar, visit } from "yaml";
import { describeProblem, MisconfiguredError, type Problem } from "../../core/problems";
import { loadEnvironment } from "../../stacks/load-environment";
import { shippedStackNames, shippedStacks, type ShippedStack, today } from "../stack-files";

const folder = mkdtempSync(path.join(tmpdir(), "mutants-"));
const texts = new Map(shippedStackNames.map((it) => [it, readFileSync(shippedStacks[it], "utf8")]));

/** What a stack file's text gets told, nothing where it is fine. */
function problemsOf(stack: ShippedStack, text: string): readonly Problem[] {
  const file = path.join(folder, `Pulumi.${stack}.yaml`);
  writeFileSync(file, text);
  try {
    loadEnvironment(file, today);
    return [];
  } catch (error) {
    if (error instanceof MisconfiguredError) return error.problems;
    throw error;
  }
}

/** Text that must never come back. Its parts are looked for, too: half a key is a leak. */
const secret = "hunter2Zk3vQ9xT7bLm2RwYc8NdPq4sAa5";

const junk: readonly unknown[] = [
  null,
  true,
  "yes",
  "",
  " ",
  -1,
  0,
  3.5,
  1e9,
  "1,024",
  "128 TiB",
  "2 nodes",
  "latest",
  "East US",
  "Standard_ND96isr_H100_V5",
  "10.0.0.1/8",
  "010.096.0.0/18",
  "2026-02-30",
  "h\u0435llo",
  "a\u200bb",
  "\u{1f600}",
  "x".repeat(300),
  [],
  [[]],
  {},
  { secure: "v1:abcdefgh:ijklmnop" },
  { a: { b: { c: [1, { d: null }] } } },
  `-----BEGIN PRIVATE KEY-----\n${secret}`,
  `AccountName=a;AccountKey=${secret}==`,
  { password: secret },
];

/** Changes a document in one place, chosen by number. */
const changes: Readonly<Record<string, (pairs: readonly Pair[], at: number, other: number) => void>> = {
  delete: (pairs, at) => {
    pick(pairs, at).key = new Scalar("deleted");
  },
  rename: (pairs, at, other) => {
    const { key } = pick(pairs, at);
    if (isScalar(key)) key.value = misspelt(String(key.value), other);
  },
  replace: (pairs, at, other) => {
    pick(pairs, at).value = parseDocument(JSON.stringify(pick(junk, other))).contents;
  },
  swap: (pairs, at, other) => {
    const [a, b] = [pick(pairs, at), pick(pairs, other)];
    // Never one into itself.
    if (inside(a.value, b) || inside(b.value, a)) return;
    [a.value, b.value] = [b.value, a.value];
  },
  nest: (pairs, at, other) => {
    const pair = pick(pairs, at);
    pair.value = parseDocument(JSON.stringify({ [`k${other % 7}`]: "x" })).contents;
  },
};

/** Changes lines without looking at what they are. */
const lineChanges: Readonly<Record<string, (lines: string[], at: number, other: number) => void>> = {
  remove: (lines, at) => void lines.splice(at, 1),
  duplicate: (lines, at) => void lines.splice(at, 0, lines[at] ?? ""),
  move: (lines, at, other) => {
    const [line = ""] = lines.splice(at, 1);
    lines.splice(other % (lines.length + 1), 0, line);
  },
  indent: (lines, at) => void (lines[at] = `  ${lines[at] ?? ""}`),
  outdent: (lines, at) => void (lines[at] = (lines[at] ?? "").replace(/^ {2}/, "")),
  tab: (lines, at) => void (lines[at] = (lines[at] ?? "").replace(/^ {2}/, "\t")),
  quote: (lines, at) => void (lines[at] = `${lines[at] ?? ""}"`),
};

function mutant(stack: ShippedStack, kind: string, at: number, other: number): string {
  const text = texts.get(stack) ?? "";
  const byLine = lineChanges[kind];
  if (byLine !== undefined) {
    const lines = text.split("\n");
    byLine(lines, at % lines.length, other);
    return lines.join("\n");
  }
  const document = parseDocument(text);
  const pairs: Pair[] = [];
  visit(document, { Pair: (_, pair) => void pairs.push(pair) });
  changes[kind]?.(pairs, at, other);
  return document.toString();
}

function pick<T>(list: readonly T[], at: number): T {
  const found = list[at % list.length];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

function inside(node: unknown, wanted: Pair): boolean {
  if (isMap(node)) return node.items.some((it) => it === wanted || inside(it.value, wanted));
  return isSeq(node) && node.items.some((it) => inside(it, wanted));
}

function misspelt(key: string, how: number): string {
  const at = how % Math.max(1, key.length);
  return pick([key.slice(0, at) + key.slice(at + 1), key.toUpperCase(), `${key}s`, `${key}\u0301`, ""], how);
}

const kinds = [...Object.keys(changes), ...Object.keys(lineChanges)];

describe("a thousand mutants of the stack files that ship", () => {
  it("are told in our own words, each problem with a place and nearly each with a remedy", () => {
    const told: Problem[] = [];
    const longest: number[] = [];
    const arbitrary = fc.tuple(
      fc.constantFrom(...shippedStackNames),
      fc.constantFrom(...kinds),
      fc.nat(999),
      fc.nat(999),
    );
    for (const [stack, kind, at, other] of fc.sample(arbitrary, { numRuns: 1000, seed: 20261125 })) {
      const problems = problemsOf(stack, mutant(stack, kind, at, other));
      longest.push(problems.length);
      told.push(...problems);
      const printed = problems.map(describeProblem).join("\n");
      expect(printed, `${stack} ${kind} ${at} ${other}`).not.toMatch(/hunter2|Zk3vQ9x|RwYc8Nd|abcdefgh:/);
      expect(printed).not.toMatch(
        /expected \w+ to|Invalid input|received|implicit map|Map keys|flow (map|seq)|undefined|\[object/,
      );
    }
    expect(told.length).toBeGreaterThan(750);
    expect(told.filter((it) => it.path !== "file" && it.line === undefined && it.noLine === undefined)).toEqual([]);
    const without = told.filter((it) => it.remedy === undefined);
    expect(without.length / told.length).toBeLessThan(0.005);
    // One change is one fault, and what follows from it is not told over and over.
    expect(Math.max(...longest)).toBeLessThan(40);
  });
});

describe("what follows from something else", () => {
  const dev = texts.get("dev") ?? "";
  const section = (name: string, text: string): string =>
    dev.replace(
      new RegExp(`  azure-gpu-cluster:${name}:\\n(    .*\\n|      .*\\n)*`),
      `  azure-gpu-cluster:${name}: ${text}\n`,
    );

  it("is not told beside it: pools of a section that could not be read", () => {
    expect(problemsOf("dev", section("gpuPools", "[]")).map(({ path: at }) => at)).toEqual(["gpuPools"]);
  });

  it("has the line of a key with dots, and shows public images without their digests", () => {
    const told = problemsOf("dev", section("platform", "{ imageMirrors: { foo.example: bar.example } }"));
    const [host] = told.filter(({ path: at }) => at === 'platform.imageMirrors."foo.example"');
    expect([host?.noLine, typeof host?.line]).toEqual([undefined, "number"]);
    expect(told.find(({ path: at }) => at === "platform.memlock")?.got).toMatch(/^"mcr\.microsoft\.com\//);
    expect(told.filter(({ got = "" }) => got.includes("not shown"))).toEqual([]);
  });
});
