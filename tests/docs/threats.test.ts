import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../stack-files";

const text = readFileSync(path.join(root, "docs/threats.md"), "utf8");
const rows = text.split("\n").flatMap((line) => {
  const [, number, , answer = "", shown = ""] = line.split("|").map((it) => it.trim());
  return number !== undefined && /^S\d+$/.test(number) ? [{ number, answer, shown }] : [];
});
const named = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((it) => it[1] ?? "");
const rules = readdirSync(path.join(root, "policies/rules"), { recursive: true, encoding: "utf8" }).map((it) =>
  path.basename(it, ".ts"),
);

it("has every threat once", () => {
  const numbers = rows.map(({ number }) => Number(number.slice(1))).sort((one, other) => one - other);
  expect(numbers).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
});

describe.each(rows)("$number", ({ number, answer, shown }) => {
  it("names tests that there are, or says why there is none", () => {
    const tests = named(shown);
    expect(tests.filter((it) => !it.startsWith("tests/") || !existsSync(path.join(root, it)))).toEqual([]);
    if (tests.length === 0) expect(shown).toMatch(/^(not tested here|no test): ./);
  });

  it("is named by a check of each pipelines' test that it names", () => {
    const silent = named(shown)
      .filter((it) => /^tests\/deploy\/(github|azure-devops|gitlab)\.test\.ts$/.test(it))
      .filter((it) => !new RegExp(`name: "[^"]*\\b${number}\\b`).test(readFileSync(path.join(root, it), "utf8")));
    expect(silent).toEqual([]);
  });

  it("names rules that there are", () => {
    const wanted = named(answer).filter((it) =>
      /^(fic|meta|k8s|kv|aks|amlfs|vmss|nsg|public|st|fin|role|gov)-[a-z0-9-]+$/.test(it),
    );
    expect(wanted.filter((it) => !rules.includes(it))).toEqual([]);
  });
});

it("S3: every workflow takes actions of GitHub alone, each by its full commit", () => {
  const used = [".github/workflows", "deploy/github"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((it) => it.endsWith(".yml"))
      .flatMap((it) => [...readFileSync(path.join(root, folder, it), "utf8").matchAll(/\buses: (?!\.\/)(\S+)/g)])
      .map(([, action = ""]) => action),
  );
  expect(used.length).toBeGreaterThan(20);
  expect(used.filter((it) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(it))).toEqual([]);
});

it("S4: Renovate waits as long as the page says, but for what mends a known hole", () => {
  const { minimumReleaseAge, vulnerabilityAlerts } = JSON.parse(
    readFileSync(path.join(root, "renovate.json"), "utf8"),
  ) as { readonly minimumReleaseAge: string; readonly vulnerabilityAlerts: { readonly minimumReleaseAge: null } };
  expect(rows.find(({ number }) => number === "S4")?.answer).toContain(`once it is ${minimumReleaseAge} old`);
  expect(vulnerabilityAlerts.minimumReleaseAge).toBeNull();
});
