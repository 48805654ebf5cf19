import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it, test } from "vitest";
import { main } from "../../cli/release";
import { root as ownRoot } from "../stack-files";
import { runHere } from "./run-here";

const folder = mkdtempSync(path.join(tmpdir(), "release-"));
afterAll(() => rmSync(folder, { recursive: true }));

const home = "octo/azure-gpu-cluster";
const manifest = {
  name: "azure-gpu-cluster",
  version: "0.2.0",
  private: true,
  repository: { type: "git", url: `git+https://github.com/${home}.git` },
};
const changelog =
  "# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-12-24\n\n### Added\n\n- New: `a`.\n\n### Fixed\n\n- Old.\n";
const packed = { ...manifest, private: undefined, publishConfig: { access: "public", provenance: true } };
let project: string;

/** Runs the command in the project of the test. Returns what it printed, or what it threw. */
async function release(...args: readonly string[]): Promise<string> {
  const { out, error } = await runHere(() => Promise.resolve(args).then((it) => main(it, project)));
  return error instanceof Error ? error.message : out;
}

const write = (file: string, content: string | object): void => {
  mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  writeFileSync(path.join(project, file), typeof content === "string" ? content : JSON.stringify(content));
};
const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], {
    cwd: project,
    encoding: "utf8",
  });

/** Packs a manifest as npm does, with its bill of materials beside it. */
function pack(content: object, file: string): void {
  write("package/package.json", content);
  mkdirSync(path.join(project, "dist/packages"), { recursive: true });
  execFileSync("tar", ["--create", "--gzip", "--file", `dist/packages/${file}.tgz`, "package"], { cwd: project });
  write(`dist/packages/${file}.cdx.json`, { bomFormat: "CycloneDX" });
}

beforeEach(() => {
  project = mkdtempSync(path.join(folder, "project-"));
  write("package.json", manifest);
  write("package-lock.json", { version: "0.2.0" });
  write("policies/package.json", { name: "azure-gpu-policies" });
  write("CHANGELOG.md", changelog);
  git("init", "--quiet", "--initial-branch", "main");
  git("add", ".");
  git("commit", "--quiet", "--message", "release");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
});

describe("check", () => {
  const check = (tag = "v0.2.0", repository = home): Promise<string> =>
    release("check", tag, "--repository", repository);

  it("lets a commit through whose tag, version and changelog agree", async () => {
    expect(await check()).toBe("v0.2.0 may be released.\n");
    expect(await release("check", "v0.2.0")).toBe("v0.2.0 may be released.\n");
  });

  it.each(["0.2.0", "v0.2", "v0.2.0-rc.1", "v0.2.0\nv0.2.0", "refs/tags/v0.2.0"])("refuses the tag %j", async (tag) => {
    expect(await check(tag)).toContain(
      `  tag: must be v and a version of three numbers, such as v0.2.0; got ${JSON.stringify(tag)}`,
    );
  });

  const broken: readonly (readonly [what: string, breakIt: () => void, problem: string])[] = [
    [
      "another version in package.json",
      () => write("package.json", { ...manifest, version: "0.1.0" }),
      'package.json: version: must be that of the tag, 0.2.0; got "0.1.0". npm version --no-git-tag-version 0.2.0, in the commit that is released',
    ],
    [
      "another version in the lock file",
      () => write("package-lock.json", {}),
      "package-lock.json: version: must be that of the tag, 0.2.0; got nothing. npm version --no-git-tag-version 0.2.0, in the commit that is released",
    ],
    [
      "a changelog that has another release first",
      () => write("CHANGELOG.md", changelog.replace("## 0.2.0", "## 0.3.0")),
      'CHANGELOG.md: must have 0.2.0 as its newest release; got "0.3.0". Put "## 0.2.0 - <day>" below "## Unreleased"',
    ],
    [
      "changes that wait",
      () => write("CHANGELOG.md", changelog.replace("## Unreleased\n", "## Unreleased\n\n### Fixed\n\n- More.\n")),
      "CHANGELOG.md: Unreleased: must be empty. What is released stands below its version; what is not is not in the commit",
    ],
    [
      "a changelog that is not well-formed",
      () => write("CHANGELOG.md", changelog.replace("### Fixed", "### Mended")),
      "CHANGELOG.md: 0.2.0 - 2026-12-24: Mended (line 11): must be one of Breaking, Added, Changed, Deprecated, Removed, Fixed, Security",
    ],
    [
      "a project that npm would publish from a laptop",
      () => write("package.json", { ...manifest, private: undefined }),
      "package.json: private: must be true; got nothing. Only archives of npm run package are published: docs/releases.md",
    ],
    [
      "no repository",
      () => write("package.json", { ...manifest, repository: undefined }),
      `package.json: repository.url: must be git+https://github.com/${home}.git: npm compares it with the repository that publishes; got nothing. npm pkg set repository.type=git repository.url=git+https://github.com/${home}.git`,
    ],
    [
      "a commit that is not on main",
      () => git("commit", "--quiet", "--allow-empty", "--message", "more"),
      "commit: must be on origin/main, where it was reviewed. Merge it, then tag the merged commit",
    ],
    [
      "a main that git does not know",
      () => git("update-ref", "-d", "refs/remotes/origin/main"),
      "commit: must be on origin/main, where it was reviewed. git fetch origin main",
    ],
  ];

  it.each(broken)("refuses %s", async (_, breakIt, problem) => {
    breakIt();
    expect(await check()).toBe(`Release v0.2.0 is misconfigured:\n  ${problem}`);
  });

  it("refuses a fork, and tells all at once", async () => {
    expect(await check("v0.3.0", "mallory/azure-gpu-cluster")).toMatch(
      /package\.json: version: .+\n.+package-lock\.json: version: .+\n.+CHANGELOG\.md: must have 0\.3\.0 .+\n.+repository\.url: must be git\+https:\/\/github\.com\/mallory\//,
    );
  });
});

test("notes are what the changelog says of a release, and of no other", async () => {
  expect(await release("notes", "v0.2.0")).toBe("### Added\n\n- New: `a`.\n\n### Fixed\n\n- Old.\n");
  expect(await release("notes", "v0.1.0")).toBe(
    "Release v0.1.0 is misconfigured:\n  CHANGELOG.md: must have a release 0.1.0",
  );
});

describe("archives", () => {
  const archives = (): Promise<string> => release("archives", "v0.2.0", "--repository", home);
  const rules = { ...packed, name: "azure-gpu-policies" };

  it("names the packages that may be published", async () => {
    pack(packed, "azure-gpu-cluster-0.2.0");
    pack(rules, "azure-gpu-policies-0.2.0");
    expect(await archives()).toBe('["azure-gpu-cluster","azure-gpu-policies"]\n');
  });

  const broken: readonly (readonly [what: string, breakIt: () => void, problem: RegExp])[] = [
    [
      "none",
      () => rmSync(path.join(project, "dist"), { recursive: true }),
      /^azure-gpu-cluster-0\.2\.0\.tgz: must be there: azure-gpu-cluster and azure-gpu-policies have one version/,
    ],
    [
      "only one of two",
      () => rmSync(path.join(project, "dist/packages/azure-gpu-policies-0.2.0.tgz")),
      /^azure-gpu-policies-0\.2\.0\.tgz: must be there: .* npm run package makes all of them$/,
    ],
    [
      "one more than two",
      () => pack({ ...packed, name: "azure-gpu-tools" }, "azure-gpu-tools-0.2.0"),
      /^azure-gpu-tools-0\.2\.0\.tgz: name: must be azure-gpu-cluster or azure-gpu-policies; got "azure-gpu-tools"$/,
    ],
    [
      "one that npm would not publish",
      () => pack({ ...packed, private: true }, "azure-gpu-cluster-0.2.0"),
      /: private: must not be there/,
    ],
    [
      "one that a laptop could publish",
      () => pack({ ...packed, publishConfig: { access: "public" } }, "azure-gpu-cluster-0.2.0"),
      /: publishConfig\.provenance: must be true; got nothing/,
    ],
    [
      "one that nobody could install",
      () => pack({ ...packed, publishConfig: { provenance: true } }, "azure-gpu-cluster-0.2.0"),
      /: publishConfig\.access: must be public; got nothing/,
    ],
    [
      "one of another repository",
      () => pack({ ...packed, repository: {} }, "azure-gpu-cluster-0.2.0"),
      /: repository\.url: must be git\+https:\/\/github\.com\/octo\/azure-gpu-cluster\.git/,
    ],
    [
      "one of another version",
      () => pack({ ...rules, version: "0.1.0" }, "azure-gpu-policies-0.1.0"),
      /^azure-gpu-policies-0\.1\.0\.tgz: version: must be that of the tag, 0\.2\.0; got "0\.1\.0"$/,
    ],
    [
      "one without its bill of materials",
      () => rmSync(path.join(project, "dist/packages/azure-gpu-cluster-0.2.0.cdx.json")),
      /^azure-gpu-cluster-0\.2\.0\.tgz: must have its bill of materials beside it, azure-gpu-cluster-0\.2\.0\.cdx\.json$/,
    ],
    [
      "a bill of another kind",
      () => write("dist/packages/azure-gpu-cluster-0.2.0.cdx.json", { spdxVersion: "SPDX-2.3" }),
      /cdx\.json: must be a bill of materials in CycloneDX; got nothing/,
    ],
    [
      "a file that is neither",
      () => write("dist/packages/notes.txt", "mine"),
      /^notes\.txt: must be a package, or its bill of materials/,
    ],
    [
      "an archive that is none",
      () => write("dist/packages/azure-gpu-cluster-0.2.0.tgz", "mine"),
      /^azure-gpu-cluster-0\.2\.0\.tgz: must be an archive of npm with package\/package\.json/,
    ],
  ];

  it.each(broken)("refuses %s", async (_, breakIt, problem) => {
    pack(packed, "azure-gpu-cluster-0.2.0");
    pack(rules, "azure-gpu-policies-0.2.0");
    breakIt();
    const [head, ...lines] = (await archives()).split("\n");
    expect(head).toMatch(/is misconfigured:$/);
    expect(lines.map((it) => it.trim())).toContainEqual(expect.stringMatching(problem));
  });
});

it.each(["check", "notes", "archives"])("refuses a tag that is none: %s", async (action) => {
  pack(packed, "azure-gpu-cluster-0.2.0");
  expect(await release(action, "0.2.0")).toContain(
    'tag: must be v and a version of three numbers, such as v0.2.0; got "0.2.0"',
  );
});

it("helps, and refuses what it cannot use", async () => {
  expect(await release("--help")).toContain("npm run release -- check TAG");
  expect(await release("publish", "v0.2.0")).toContain("the action must be one of check, notes, archives; got publish");
  expect(await release()).toContain("the action must be one of check, notes, archives; got none");
  expect(await release("check")).toContain("TAG must be given, such as v0.2.0");
  expect(await release("check", "v1.0.0", "v2.0.0")).toContain("one TAG at a time; got v1.0.0 v2.0.0");
  expect(await release("check", "v1.0.0", "--repository", "https://github.com/a/b")).toContain(
    "--repository must be OWNER/NAME; got https://github.com/a/b",
  );
});

it("this project is private, and what it packs says that it is published where it can be proven", () => {
  const own = JSON.parse(readFileSync(path.join(ownRoot, "package.json"), "utf8")) as object;
  expect(own).toMatchObject({ private: true, publishConfig: { access: "public", provenance: true } });
});
