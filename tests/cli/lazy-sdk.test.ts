import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../stack-files";

/** Runs a program in a process of its own and returns what it prints as JSON. */
function run(program: string, ...preloaded: readonly string[]): unknown {
  const args = ["--no-warnings", ...preloaded.flatMap((it) => ["--require", it]), "--eval", program];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" }));
}

const lazy = "./cli/lazy-sdk.cjs";
const postponed = ["@npmcli/arborist", "normalize-package-data", "typescript"];

/** Which of the packages are loaded when a program has run. */
const loaded = `${JSON.stringify(postponed)}.filter((it) => require.resolve(it) in require.cache)`;

/** Work of the SDK that needs packages which are postponed, and the packages. */
const works = [
  {
    does: "turns a function into code",
    needs: ["typescript"],
    call: `runtime.serializeFunction((x) => x * factor).then((it) => it.text)`,
  },
  {
    does: "finds the packages that a function needs",
    needs: ["@npmcli/arborist", "normalize-package-data"],
    call: `runtime.computeCodePaths({ extraIncludePackages: ["yaml"] }).then((it) => [...it.keys()].sort())`,
  },
];

/** A program that loads the SDK and prints what was loaded with it, what each call returns, and what is loaded then. */
function program(...calls: readonly string[]): string {
  const results = calls.map((it) => `await ${it}, `).join("");
  return `const { runtime } = require("@pulumi/pulumi"); const factor = 3; const atOnce = ${loaded};
    (async () => console.log(JSON.stringify([atOnce, ${results} ${loaded}])))()`;
}

describe("the SDK", () => {
  // Loading all of the SDK takes longest, so one process does it for all.
  let withoutUs: unknown[];
  beforeAll(() => {
    withoutUs = run(program(...works.map(({ call }) => call))) as unknown[];
  });

  it("loads every one of the packages that are postponed: none of them is named in vain", () => {
    expect(withoutUs[0]).toEqual(postponed);
  });

  it("loads none of them with the commands", () => {
    expect(run(`require("./preview/preview"); console.log(JSON.stringify(${loaded}))`, "./cli/start.cjs")).toEqual([]);
  });

  it.each(works.map((it, at) => [it.does, it, at] as const))(
    "%s as it does without us, and loads for it what it needs",
    (_, { call, needs }, at) => {
      expect(run(program(call), lazy)).toEqual([[], withoutUs[at + 1], needs]);
    },
  );
});

it("answers nobody but the SDK with a stand-in", () => {
  expect(run(`require("typescript"); console.log(JSON.stringify(${loaded}))`, lazy)).toEqual(["typescript"]);
});

it("lets the SDK see at once that there is no TypeScript, so that it takes its own", () => {
  const without = `const Module = require("node:module"); const find = Module._resolveFilename;
    Module._resolveFilename = (name, ...more) => find.call(Module, name === "typescript" ? "no-such-package" : name, ...more);
    console.log(JSON.stringify(require("@pulumi/pulumi/typescript-shim").version))`;
  expect(run(without, lazy)).toBe("3.8.3");
});
