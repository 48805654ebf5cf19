import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";
import { name } from "../../package.json";
import { azureGpuCluster } from "../../packages/azure-gpu-cluster";
import { type BuiltPackage, buildPackage } from "../../packages/build-package";
import { expectBillOf } from "./bills";
import { root } from "../stack-files";

/** What `pulumi new typescript` writes, but for the programs: this project holds all examples at once. */
const tsconfig = {
  compilerOptions: {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module: "commonjs",
    moduleResolution: "node",
    sourceMap: true,
    experimentalDecorators: true,
    pretty: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
  },
};

const areas = readdirSync(path.join(root, "components"), { withFileTypes: true })
  .filter((it) => it.isDirectory())
  .map((it) => it.name);
/** Programs of users of the package: examples, and what `pulumi new` starts from. One example has the plugin's SDK instead. */
const programs = ["examples", "templates"].flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((it) => existsSync(path.join(root, folder, it, "index.ts")) && it !== "infiniband-cluster-typescript")
    .map((program) => [program, folder] as const),
);

let project: string;
let built: BuiltPackage;

/** Runs a command in the project of a user. Returns what it wrote, and fails with it. */
function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd: project, encoding: "utf8" });
}

/**
 * Compiles the project of a user. Returns the errors in the programs and in the package: the declarations of other packages are
 * megabytes, and their errors are not ours.
 */
function compile(): string[] {
  const files = programs.map(([program]) => `${program}/index.ts`);
  const { options, fileNames } = ts.parseJsonConfigFileContent({ ...tsconfig, files }, ts.sys, project);
  const program = ts.createProgram(fileNames, options);
  const ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(realpathSync(project)));
  const found: ts.Diagnostic[] = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()];
  for (const it of ours) found.push(...program.getSyntacticDiagnostics(it), ...program.getSemanticDiagnostics(it));
  for (const it of fileNames) program.emit(program.getSourceFile(it));
  expect(ours.length).toBeGreaterThan(programs.length);
  return found.map((it) => ts.flattenDiagnosticMessageText(it.messageText, "\n"));
}

beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), "package-"));
  const modules = path.join(project, "node_modules");
  built = buildPackage(root, azureGpuCluster, project);
  mkdirSync(path.join(modules, name), { recursive: true });
  run("tar", "--extract", "--file", built.archive, "--strip-components", "1", "--directory", path.join(modules, name));
  // As npm would lay them out, without asking a registry: only what the package says that it needs.
  for (const needed of [
    ...Object.keys({ ...built.manifest.dependencies, ...built.manifest.peerDependencies }),
    "@types/node",
  ]) {
    mkdirSync(path.dirname(path.join(modules, needed)), { recursive: true });
    symlinkSync(path.join(root, "node_modules", needed), path.join(modules, needed));
  }
  for (const [program, folder] of programs) {
    mkdirSync(path.join(project, program));
    copyFileSync(path.join(root, folder, program, "index.ts"), path.join(project, program, "index.ts"));
  }
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

it("holds the library, and neither the stack program nor a tool", () => {
  const packed = readdirSync(path.join(project, "node_modules", name));
  expect(packed.sort()).toEqual(["LICENSE", "README.md", "dist", "package.json"]);
  expect(readdirSync(path.join(project, "node_modules", name, "dist")).sort()).toEqual([
    "azure",
    "catalog",
    "components",
    "core",
  ]);
});

it("compiles in a project with Pulumi's default settings, and runs there", () => {
  expect(compile()).toEqual([]);
  const program = `
    const { runtime } = require("@pulumi/pulumi");
    const made = [];
    const newResource = ({ type, name, inputs }) => {
      made.push(type + " " + name);
      return { id: name + "-id", state: inputs };
    };
    (async () => {
      await runtime.setMocks({ newResource, call: () => ({}) }, "user", "lab", false);
      await runtime.runInPulumiStack(async () => require("./bin/bare-scale-set/index.js"));
      await runtime.disconnect();
      console.log(made.sort().join("\\n"));
    })();`;
  expect(run(process.execPath, "--eval", program).trim().split("\n")).toEqual([
    "azure-gpu-cluster:compute:GpuScaleSet slurm",
    "azure-native:compute:VirtualMachineScaleSet slurm",
    "azure-native:managedidentity:UserAssignedIdentity slurm",
    "pulumi:pulumi:Stack user-lab",
  ]);
});

it("has an entry for each area, and loading them makes, reads and says nothing", () => {
  const program = `
    const { Config, runtime } = require("@pulumi/pulumi");
    const wrong = [];
    for (const method of Object.getOwnPropertyNames(Config.prototype).filter((it) => /^(get|require)/.test(it))) {
      Config.prototype[method] = (key) => void wrong.push("reads " + key);
    }
    const newResource = ({ type, name }) => {
      wrong.push("makes " + type);
      return { id: name, state: {} };
    };
    (async () => {
      await runtime.setMocks({ newResource, call: () => ({}) });
      for (const area of ${JSON.stringify(areas)}) {
        if (Object.keys(require("${name}/" + area)).length === 0) wrong.push("exports nothing: " + area);
      }
      await runtime.disconnect();
      console.log(JSON.stringify(wrong));
    })();`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--eval", program], { cwd: project, encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({ stdout: "[]\n", stderr: "" });
});

it("has no entry that runs the stack program", () => {
  const load = `try { require("${name}"); } catch (error) { console.log(error.code); }`;
  expect(run(process.execPath, "--eval", load)).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED\n");
});

it("needs what its files ask for, and its bill of materials names that", () => {
  expect(built.manifest.dependencies).toEqual({ "windows-iana": "5.1.0", yaml: "2.9.1", zod: "4.6.7" });
  expect(Object.keys(built.manifest)).not.toContain("private");
  expectBillOf(built, ["windows-iana", "yaml", "zod"]);
});
