import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compareVersions, nextVersion } from "../../cli/version-step";
import { describeProblem, MisconfiguredError, Problems } from "../../core/problems";
import { version } from "../../package.json";
import { notes } from "../../preview/notes";
import { type DeprecatedOption, deprecatedOptions, renameOptions } from "../../stacks/deprecated-options";
import { loadEnvironment } from "../../stacks/load-environment";
import { readEnvironment } from "../../stacks/read-environment";
import { plainStacks, today } from "../stack-files";

/** Two options as they would be called if they had been renamed. */
const options: readonly DeprecatedOption[] = [
  { at: "gpuPools.*", was: "vmSize", is: "size", since: "0.2.0", until: "0.3.0" },
  { at: "environment", was: "team", is: "owner", since: "0.2.0", until: "0.4.0" },
];
const folder = mkdtempSync(path.join(tmpdir(), "deprecated-"));
afterAll(() => rmSync(folder, { recursive: true }));

const dev = readFileSync(plainStacks.dev, "utf8");

/** The stack file of dev with a word of it written otherwise. */
function devWith(...changes: readonly (readonly [from: RegExp, to: string])[]): string {
  const file = path.join(folder, "Pulumi.dev.yaml");
  const text = changes.reduce((before, [from, to]) => {
    expect(before).toMatch(from);
    return before.replace(from, to);
  }, dev);
  writeFileSync(file, text);
  return file;
}

describe("an option by its old name", () => {
  const oldNames = [
    [/^( +)owner: /m, "$1team: "],
    [/h100: \{ size: /, "h100: { vmSize: "],
  ] as const;

  it("is read as by its new one, and noted with its line and what to write", () => {
    const { environment, stackFile } = loadEnvironment(devWith(...oldNames), today, options);
    const lines = readFileSync(stackFile.file, "utf8").split("\n");
    const { environment: byNewNames } = loadEnvironment(devWith(), today, options);
    expect({ ...environment, deprecations: [] }).toEqual(byNewNames);
    const noted = notes({ environment, resources: [], handedOver: {}, values: stackFile.values, today });
    const lineOf = (word: RegExp): number => lines.findIndex((it) => word.test(it)) + 1;
    expect(noted.slice(0, 2)).toEqual([
      `gpuPools.h100.vmSize (line ${lineOf(/vmSize: /)}): is called size since 0.2.0, and 0.3.0 will not know the old name. Write size in its place`,
      `environment.team (line ${lineOf(/^ +team: /)}): is called owner since 0.2.0, and 0.4.0 will not know the old name. Write owner in its place`,
    ]);
  });

  it("is refused beside the new one, in one run with what else is wrong", () => {
    const file = devWith([/^( +)owner: .*$/m, "$&\n$1team: somebody"], [/^( +)kind: dev/m, "$1kind: lab"]);
    const fault = (): unknown => loadEnvironment(file, today, options);
    expect(fault).toThrow(MisconfiguredError);
    expect(fault).toThrow(
      /environment\.team \(line \d+\): must not stand beside owner, which is its name since 0\.2\.0\. Keep owner, and remove team/,
    );
    expect(fault).toThrow(/environment\.kind/);
  });

  it("is unknown where nothing says that it was one", () => {
    expect(() => loadEnvironment(devWith(...oldNames), today)).toThrow(/vmSize/);
  });

  it("that is told of nobody is told by nobody", () => {
    const { environment, stackFile } = loadEnvironment(devWith(), today, options);
    expect(environment.deprecations).toEqual([]);
    expect(readEnvironment({ stack: "dev", values: stackFile.values, today }).deprecations).toEqual([]);
  });
});

it("a name is given where the old one stood, at any key and at no other place, and values stay as they are", () => {
  const problems = new Problems();
  const raw = {
    gpuPools: { a: { nodes: 1, vmSize: "x", zone: "1" }, "b c": { vmSize: { vmSize: 1 } }, d: "vmSize", vmSize: {} },
    cpuPools: { e: { vmSize: "y" } },
    vmSize: 1,
  };
  const renamed = renameOptions(raw, options, problems);
  expect(JSON.stringify(renamed.raw)).toBe(
    JSON.stringify({
      gpuPools: { a: { nodes: 1, size: "x", zone: "1" }, "b c": { size: { vmSize: 1 } }, d: "vmSize", vmSize: {} },
      cpuPools: { e: { vmSize: "y" } },
      vmSize: 1,
    }),
  );
  expect(renamed.deprecations.map((it) => it.path)).toEqual(["gpuPools.a.vmSize", 'gpuPools."b c".vmSize']);
  expect(problems.list.map(describeProblem)).toEqual([]);
});

describe("rows", () => {
  /** What is wrong with a row in a version of this project. */
  const faults = ({ since, until }: DeprecatedOption, now: string): string[] => [
    ...(compareVersions(until, nextVersion(since, "breaking")) < 0 ? ["goes too soon"] : []),
    ...(compareVersions(now, until) >= 0 ? ["has to go"] : []),
  ];

  it("give an old name one minor version at least, and go with a breaking one, when they said", () => {
    const row = (since: string, until: string): DeprecatedOption => ({ at: "a", was: "b", is: "c", since, until });
    expect(faults(row("0.2.0", "0.3.0"), "0.2.5")).toEqual([]);
    expect(faults(row("0.2.0", "0.2.1"), "0.2.0")).toEqual(["goes too soon"]);
    expect(faults(row("1.2.0", "1.3.0"), "1.2.0")).toEqual(["goes too soon"]);
    expect(faults(row("0.2.0", "0.3.0"), "0.3.0")).toEqual(["has to go"]);
    expect(deprecatedOptions.flatMap((it) => faults(it, version))).toEqual([]);
  });
});
