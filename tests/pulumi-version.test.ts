import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { version } from "@pulumi/pulumi/package.json";
import { describe, expect, it } from "vitest";
import { root } from "./stack-files";

// Sources of facts name the version that was read, and stay; locks follow the files that they lock.
const forms = [
  { what: "a dependency of npm", form: /"@pulumi\/pulumi": "\^?([\d.]+)"/g, least: 3 },
  { what: "a requirement of Python", form: /^pulumi==([\d.]+)/gm, least: 2 },
  {
    what: "a requirement of Go",
    form: /^(?:require)?\s*github\.com\/pulumi\/pulumi\/(?:pkg|sdk)\/v3 v([\d.]+)/gm,
    least: 4,
  },
  { what: "a download", form: /download\/v([\d.]+)\/pulumi-v/g, least: 2 },
  { what: "the same download's file", form: /\/pulumi-v([\d.]+)-linux/g, least: 2 },
  { what: "what the runner installs", form: /^const pulumi = "([\d.]+)"/gm, least: 1 },
  { what: "the table of libraries", form: /^\| `@pulumi\/pulumi` +\| ([\d.]+) /gm, least: 1 },
];

const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter((file) =>
    /(^|\/)(package\.json|requirements\.txt|go\.mod|Dockerfile|prepare)$|\.(ts|ya?ml|md|sh)$/.test(file),
  )
  // The host of YAML does not compile with a newer Pulumi, and is a program of its own.
  .filter((file) => file !== "simulator/engine/go/yaml/go.mod");
const contents = files.map((file) => [file, readFileSync(path.join(root, file), "utf8")] as const);

describe("the version of Pulumi", () => {
  it.each(forms)("is that of the SDK in $what, wherever it is written", ({ form, least }) => {
    const found = contents.flatMap(([file, text]) => [...text.matchAll(form)].map(([, it]) => `${file}: ${it ?? ""}`));
    expect(found.length).toBeGreaterThanOrEqual(least);
    expect(found.filter((it) => !it.endsWith(`: ${version}`))).toEqual([]);
  });
});
