import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MisconfiguredError } from "../../core/problems";
import { readStackFile } from "../../stacks/stack-file";
import { describeWithEngine } from "../simulator/engine/with-engine";

/** What both readers are asked for: the spellings that parsers of YAML are known to differ in, and plain ones. */
const table = [
  ..."yes no on off y n Yes true True TRUE false null Null ~ 0 -7 +1 010 08 0o10 0O10 0x1F 0X1f -0x1F 0b11 1_000 1_0.5".split(
    " ",
  ),
  ..."1.5 1.50 1. .5 -.5 1e3 1E3 1e+3 1e-7 1e21 1e1000 .inf -.Inf .nan 0x1p3 -0 -0.0 12:30 190:20:30 1.36 1.36.2".split(
    " ",
  ),
  ..."9007199254740991 9007199254740993 12345678901234567890 100000000000000000000 0.1 123456789.123456789".split(" "),
  ..."2026-12-31 2026-2-30 2026-12-31T10:00:00Z 2026-12-31t10:00:00+02:00 1979-13-99 10.64.0.0/18 24.04.2026072901".split(
    " ",
  ),
  ..."11111111-1111-4111-8111-111111111111 = << _ -- a#b a:b 1e 1_ _1 0_ 0x 1e5e 1.2.3".split(" "),
  "2026-12-31 10:00:00",
  "!!set { a }",
  "!!str 12",
  '!!int "3"',
  "! 12",
  "!!binary aGVsbG8=",
  "!foo bar",
  "'it''s'",
  '"a\\n\\tb\\\\ \\""',
  '"\\/"',
  '"\\x41\\u00e9"',
  '"\\ud83d\\ude00"',
  "{ a: 1, b: [x, ~, 2] }",
  "{ b: 1, a: 2, B: 3, _: 4 }",
  "{ a: 1, a: 2 }",
  "{ <<: { a: 1 }, b: 2 }",
  "{ 1: a }",
  "{ ~: a }",
  "{ 2026-12-31: a }",
  "{ yes: a }",
  "{ a }",
  "{ 'a':1 }",
  "{ a:1 }",
  "[a, , b]",
  "[a, b,]",
  "[[a], { b: c }]",
  "|\n    block\n     more\n",
  ">-\n    folded\n    text\n",
  "plain\n    text",
  "&a [1]",
  "*a",
  "@a",
  "`a",
  "%a",
  "a: b",
  "- a",
  "? a",
  "\u00e9\u{1f600}",
  "a\tb",
];

/** Scalars that nobody listed. */
const scalars = fc.oneof(
  fc.stringMatching(/^[-+.\d_:eExXoObBTZ]{1,12}$/),
  fc.stringMatching(/^[\w.:/-]{1,12}$/),
  fc.stringMatching(/^["'{}[\],&*#?|>!%@`\w :-]{1,10}$/),
);

describeWithEngine("the two readers of stack files", ({ pulumi }) => {
  const folder = mkdtempSync(path.join(tmpdir(), "readers-"));
  const file = path.join(folder, "Pulumi.t.yaml");
  const env = {
    ...process.env,
    PULUMI_HOME: path.join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "readers",
    PULUMI_SKIP_UPDATE_CHECK: "1",
  };
  const cli = (...args: readonly string[]) => spawnSync(pulumi, args, { cwd: folder, env, encoding: "utf8" });

  beforeAll(() => {
    writeFileSync(path.join(folder, "Pulumi.yaml"), "name: azure-gpu-cluster\nruntime: nodejs\n");
    expect(cli("stack", "init", "t").status).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (spellings: readonly string[]): void => {
    const lines = spellings.map((it, at) => `  k${at}: ${it}\n`);
    writeFileSync(file, `config:\n  pulumi:disable-default-providers: [kubernetes]\n${lines.join("")}`);
  };

  /** What we read, `undefined` where something is refused. */
  function ours(): Readonly<Record<string, string>> | undefined {
    try {
      const { values, problems } = readStackFile(file);
      return problems.length > 0 ? undefined : values;
    } catch (error) {
      if (error instanceof MisconfiguredError) return undefined;
      throw error;
    }
  }

  /** What the program would get, or what the CLI said instead. */
  function theirs(): unknown {
    const { status, stdout, stderr } = cli("config", "--json", "-s", "t");
    if (status !== 0) return stderr;
    const values = JSON.parse(stdout) as Record<string, { readonly value: string }>;
    return Object.fromEntries(Object.entries(values).map(([key, { value }]) => [key, value]));
  }

  const plain = (values: Readonly<Record<string, string>>): unknown =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, canonical(value)]));

  it("read alike whatever ours does not refuse", () => {
    const generated = fc.sample(scalars, { numRuns: 1000, seed: 11 });
    const accepted = [...table, ...generated].filter((it) => {
      write([it]);
      return ours() !== undefined;
    });
    // A reader that refuses all would agree, too.
    expect(accepted.length).toBeGreaterThan(400);
    const differing: unknown[] = [];
    const compare = (spellings: readonly string[]): void => {
      write(spellings);
      const [mine, its] = [plain(ours() ?? {}), theirs()];
      const same =
        typeof its === "object" &&
        its !== null &&
        JSON.stringify(mine) === JSON.stringify(plain(its as Record<string, string>));
      if (same) return;
      if (spellings.length === 1) differing.push({ spelling: spellings[0], mine, its });
      else {
        const half = Math.ceil(spellings.length / 2);
        compare(spellings.slice(0, half));
        compare(spellings.slice(half));
      }
    };
    compare(accepted);
    expect(differing).toEqual([]);
  });
});

/** JSON in one spelling: how characters are escaped in it is no difference. */
function canonical(value: string): string {
  try {
    return JSON.stringify(JSON.parse(value));
  } catch {
    return value;
  }
}
