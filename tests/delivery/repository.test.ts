import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRepository } from "../../delivery/repository";

let folder = "";
let clone = "";
let file = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "repository-")));
  clone = path.join(folder, "clone");
  mkdirSync(path.join(clone, "stacks"), { recursive: true });
  file = path.join(clone, "stacks", "Pulumi.prod.yaml");
  writeFileSync(file, "config: {}\n");
  writeFileSync(path.join(clone, ".gitignore"), "*.own.yaml\n");
  git("init", "--quiet", "--initial-branch", "main");
  commit("ben");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: clone, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}
function commit(who: string): string {
  git("add", "--all");
  const author = ["-c", `user.name=${who}`, "-c", `user.email=${who}@example.com`];
  git(...author, "commit", "--quiet", "--allow-empty", "--message", `by ${who}`);
  return git("rev-parse", "HEAD");
}

describe("says which files are not of its commit", () => {
  const differing = async (used = file): Promise<readonly string[]> => (await openRepository(clone, [used])).differing;

  it("none in a clean clone, however the file is named", async () => {
    expect(await differing()).toEqual([]);
    expect(await differing(path.relative(process.cwd(), file))).toEqual([]);
  });
  it("one that was changed, once", async () => {
    writeFileSync(file, "config: {a: b}\n");
    writeFileSync(path.join(clone, "new file"), "");
    expect(await differing()).toEqual(["stacks/Pulumi.prod.yaml", '"new file"']);
  });
  it("one that git was told not to list", async () => {
    git("config", "status.showUntrackedFiles", "no");
    writeFileSync(path.join(clone, "new"), "");
    expect(await differing()).toEqual(["new"]);
  });
  it("one that git was told to take for unchanged", async () => {
    git("update-index", "--assume-unchanged", file);
    writeFileSync(file, "config: {a: b}\n");
    expect(await differing()).toEqual([file]);
  });
  it.each(["clone/stacks/Pulumi.prod.own.yaml", "Pulumi.prod.yaml"])(
    "%s, which is used and is in none",
    async (name) => {
      const other = path.join(folder, name);
      writeFileSync(other, "config: {}\n");
      expect(await differing(other)).toEqual([other]);
    },
  );
});

describe("says who made what is new", () => {
  it("of a whole clone, and of no shallow one: it may lack who made what was merged", async () => {
    const base = git("rev-parse", "HEAD");
    commit("carla");
    expect(await (await openRepository(clone)).makersSince(base)).toEqual(["carla@example.com"]);
    git("clone", "--quiet", "--depth", "2", `file://${clone}`, path.join(folder, "shallow"));
    const shallow = await openRepository(path.join(folder, "shallow"));
    expect(await shallow.makersSince(undefined)).toEqual(["carla@example.com"]);
    await expect(shallow.makersSince(base)).rejects.toThrow(/commit: must have its whole history.*--unshallow/);
  });
  it("never since a commit that it does not come after", async () => {
    await expect((await openRepository(clone)).makersSince("a".repeat(40))).rejects.toThrow(
      /commit: must come after a{40}, which the stack was last brought to/,
    );
  });
});

it("says why git tells nothing", async () => {
  await expect(openRepository(folder)).rejects.toThrow(
    /commit: must be told by git in the folder of this repository: fatal: not a git repository.*Run it in a clone/,
  );
});
