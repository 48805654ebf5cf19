import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it, test } from "vitest";
import { root } from "../stack-files";
import { commands } from "./commands";

/** Runs a command that only helps. Returns how it ended, and of which packages and rooms it loaded how many files. */
function helped(start: string, program: string) {
  const { status, output } = spawnSync(
    process.execPath,
    ["--require", "./tests/cli/loaded-modules.cjs", "--require", start, program, "--help"],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe", "pipe"] },
  );
  const [, out = "", err = "", files = "[]"] = output as readonly string[];
  const loaded = (JSON.parse(files) as readonly string[]).map((it) => path.relative(root, it));
  const ours = loaded.filter((it) => !it.startsWith("node_modules"));
  const packages = loaded.flatMap((it) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(it)?.[1] ?? []);
  return { status, out, err, ours, packages: [...new Set(packages)].sort() };
}

/**
 * What every command needs to be TypeScript and to tell a slip of the pen from a bug, a schema whose words are in a help text, and what reads
 * Markdown.
 */
const light = [
  ...["@pulumi/pulumi", "esbuild", "tsx", "zod"],
  ...["markdown-it", "entities", "linkify-it", "mdurl", "punycode.js", "uc.micro"],
];

test.each(commands.map((it) => [it.name, it] as const))("npm run %s -- --help", (name, { start, program }) => {
  const { status, out, err, ours, packages } = helped(start, program);
  expect([status, err]).toEqual([0, ""]);
  expect(out).toContain(`npm run ${name}`);
  expect(out).toMatch(/Exit codes?: 0 /);
  expect(packages.filter((it) => !light.includes(it))).toEqual([]);
  // What plans, prices or judges is hundreds of files.
  expect(ours.length, ours.join("\n")).toBeLessThan(30);
  expect(ours.filter((it) => /^(catalog\/(prices|sizes)|components|policies\/rules|preview)\//.test(it))).toEqual([]);
});

it("tells light from heavy: a preview's modules are neither few nor light", () => {
  const { ours, packages } = helped("./cli/start.cjs", "cli/preview-stack.ts");
  expect(ours.length).toBeGreaterThan(300);
  expect(packages).toContain("@pulumi/azure-native");
});

it("is every program of ours that a script starts", () => {
  expect(commands.length).toBeGreaterThan(25);
  expect(commands.map((it) => it.name)).toEqual(expect.arrayContaining(["preview", "docs", "bench", "engine"]));
});
