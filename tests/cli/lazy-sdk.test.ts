import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
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

describe("the SDK", () => {
  it("loads every one of the packages that are postponed: none of them is named in vain", () => {
    expect(run(`require("@pulumi/pulumi"); console.log(JSON.stringify(${loaded}))`)).toEqual(postponed);
  });

  it("loads none of them with the commands", () => {
    expect(run(`require("./preview/preview"); console.log(JSON.stringify(${loaded}))`, "./cli/start.cjs")).toEqual([]);
  });

  it.each([
    [
      "turns a function into code",
      ["typescript"],
      `runtime.serializeFunction((x) => x * factor).then((it) => it.text)`,
    ],
    [
      "finds the packages that a function needs",
      ["@npmcli/arborist", "normalize-package-data"],
      `runtime.computeCodePaths({ extraIncludePackages: ["yaml"] }).then((it) => [...it.keys()].sort())`,
    ],
  ])("%s as it does without us, and loads for it what it needs", (_, needed, work) => {
    const program = `const { runtime } = require("@pulumi/pulumi"); const factor = 3;
      ${work}.then((result) => console.log(JSON.stringify([result, ${loaded}])))`;
    const [[expected], [result, needs]] = [run(program), run(program, lazy)] as [unknown[], unknown[]];
    expect(result).toEqual(expected);
    expect(needs).toEqual(needed);
  });
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
