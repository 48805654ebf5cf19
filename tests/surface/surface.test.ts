import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readChangelog } from "../../cli/changelog";
import { root } from "../stack-files";
import { commandsSurface } from "./commands";
import { librarySurface } from "./library";
import { goneUntold, recordOf, type Surface } from "./record";
import { rulesSurface } from "./rules";
import { providerSurface, stackFileSurface } from "./schemas";

const surfaces: Readonly<Record<string, (root: string) => Surface>> = {
  commands: commandsSurface,
  library: librarySurface,
  plugin: providerSurface,
  rules: rulesSurface,
  "stack-file": stackFileSurface,
};

it.each(Object.entries(surfaces))(
  "%s: each name is there as it is recorded (npm run goldens after a change)",
  async (name, read) => {
    const file = path.join(__dirname, `${name}.txt`);
    const surface = read(root);
    expect(surface.size).toBeGreaterThan(50);
    const [waiting] = readChangelog(readFileSync(path.join(root, "CHANGELOG.md"), "utf8"));
    // Before the record is compared or written: what it forgets was told.
    expect(goneUntold(existsSync(file) ? readFileSync(file, "utf8") : "", surface, waiting)).toEqual([]);
    await expect(recordOf(surface)).toMatchFileSnapshot(file);
  },
);

describe("a name that is gone", () => {
  const record =
    "a.Pool.size: string\na.Pool: type\na.Rack: type\npreview --json: option\npreview exit 3: broken\nst-rule: 1\n";
  const waiting = (...lines: readonly string[]): Parameters<typeof goneUntold>[2] =>
    readChangelog(
      `## Unreleased\n\n### Added\n\n- \`Rack\` of \`a\`.\n\n### Changed\n\n${lines.map((it) => `- ${it}\n`).join("")}`,
    )[0];
  const without = (...names: readonly string[]): Surface =>
    new Map(
      ["a.Pool.size", "a.Pool", "a.Rack", "preview --json", "preview exit 3", "st-rule"]
        .filter((it) => !names.includes(it))
        .map((it) => [it, ""]),
    );

  it.each([
    ["st-rule", "The rule `st-rule` is gone.", "The rule `st-rule-2` is gone.", "st-rule"],
    ["a.Pool.size", "`Pool` takes `vmSize` in place of `size`.", "`vmSize` in place of `size`.", "Pool and size"],
    ["preview --json", "`preview --json` is gone.", "`preview --json-lines` is new.", "preview and --json"],
    [
      "preview exit 3",
      "`preview` ends with 2 in place of 3.",
      "`preview` ends with 2 in place of 13.",
      "preview and 3",
    ],
    ["a.Rack", "`Rack` of `a` is gone:\n  write `Pool`.", "Nothing.", "a and Rack"],
  ])("is told by its words: %s", (name, told, untold, words) => {
    expect(goneUntold(record, without(name), waiting(told))).toEqual([]);
    expect(goneUntold(record, without(name), waiting(untold))).toEqual([
      `${name} is gone: keep it, deprecated (docs/releases.md#deprecation), or name ${words} in one line of CHANGELOG.md, Unreleased, below Breaking, Changed, Removed`,
    ]);
  });

  it("takes with it what belongs to it", () => {
    expect(goneUntold(record, without("a.Pool", "a.Pool.size"), waiting("`Pool` of `a` is gone."))).toEqual([]);
    expect(goneUntold(record, without("a.Pool", "a.Pool.size"), waiting("Nothing."))).toHaveLength(1);
  });

  it("and none where nothing is gone, or nothing was recorded", () => {
    expect(goneUntold(record, without(), waiting("Nothing."))).toEqual([]);
    expect(goneUntold("", without(), undefined)).toEqual([]);
  });
});
