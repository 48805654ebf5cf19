import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { fileContent } from "../../cli/file-content";
import { outputFile } from "../../cli/output-file";
import { outputFolder } from "../../cli/output-folder";
import { rehearseStack } from "../../cli/rehearse-stack";
import { readVerdict } from "../../cli/read-verdict";
import { MisconfiguredError } from "../../core/problems";
import { readApproval } from "../../delivery/approval";
import { readPlan } from "../../delivery/saved-plan";
import { privateFolder } from "../../simulator/engine/private-folder";
import { root } from "../stack-files";
import { commands } from "./commands";

const folder = mkdtempSync(path.join(tmpdir(), "bad-input-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const at = path.join(folder, name);
  writeFileSync(at, content);
  return at;
}

/** What a function says of input that it refuses. Anything but an error that the user can mend fails here. */
function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof MisconfiguredError) return error.message;
    throw error;
  }
  return "is fine";
}

test.each(commands.map((it) => [it.name, it] as const))(
  "npm run %s refuses an option that there is not, and starts nothing",
  (name, { start, program }) => {
    const args = ["--require", start, program, "--hepl"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Unknown option '--hepl'");
    expect(stderr).toContain(`npm run ${name} -- --help`);
    expect(stderr).not.toMatch(/\n\s+at /);
  },
);

describe("a file that a command reads", () => {
  const folderOfFiles = path.join(folder, "files");
  mkdirSync(folderOfFiles);

  it.each([
    ["that is not there", path.join(folder, "nowhere"), "--plan: must be a file that is there; got"],
    ["below a file", path.join(file("leaf", "mine"), "file"), "--plan: must be a file that is there; got"],
    ["that is a folder", folderOfFiles, "--plan: must be a file, and is a folder; got"],
    ["of a machine", file("binary", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe])), "must be UTF-8 text"],
    ["of a shell that writes UTF-16", file("utf-16", Buffer.from("\ufeff{}", "utf16le")), "Save it as UTF-8"],
  ])("%s is refused by its name", (_, at, said) => {
    const told = refusalOf(() => fileContent("--plan", at));
    expect(told).toContain(said);
    expect(told).toContain(path.basename(at));
  });

  it("is read as it is, without the mark that some editors begin with", () => {
    expect(fileContent("FILE", file("marked", "\ufeffgrüß"))).toBe("grüß");
  });

  it("may be a pipe", () => {
    const { stdout, stderr } = spawnSync(
      "bash",
      ["-c", `node --require ./cli/start.cjs cli/bill.ts <(echo '{"steps":[]}') --json`],
      { cwd: root, encoding: "utf8" },
    );
    expect(`${stdout}${stderr}`).not.toContain("must be a file");
  });
});

describe("a file that a command writes", () => {
  it.each([
    ["in no folder", path.join(folder, "no", "such", "file"), "ENOENT"],
    ["below a file", path.join(file("plain", "mine"), "file"), "ENOTDIR"],
    ["that is a folder", folder, "it is a folder"],
    ["without a name", "", "it has no name"],
  ])("%s is refused before the work", (_, at, why) => {
    expect(refusalOf(() => outputFile("--out", at))).toContain(
      `--out: must be a file that can be written (${why}); got`,
    );
  });

  it("is there only once it is written", () => {
    const at = file("kept", "before");
    const write = outputFile("--out", at);
    expect(fileContent("FILE", at)).toBe("before");
    write("after");
    expect(fileContent("FILE", at)).toBe("after");
  });

  it("is told of when its disk is full", () => {
    expect(refusalOf(() => outputFile("--out", "/dev/full")("text"))).toContain("(ENOSPC)");
  });
});

describe("a folder that a command fills", () => {
  const kind = {
    what: "one of letters",
    stranger: (names: readonly string[]) => names.find((it) => it.length > 1),
    isWhole: true,
  };
  const letters = (...names: readonly string[]) => new Map(names.map((it) => [it, it] as const));
  const fresh = (): string => mkdtempSync(path.join(folder, "out-"));

  it.each([
    ["is a file", file("taken", "mine"), "it is a file"],
    ["lies below a file", path.join(file("trunk", "mine"), "new", "folder"), "ENOTDIR"],
    ["holds something else", path.dirname(file("stranger", "mine")), "it holds "],
    ["has no name", "", "it has no name"],
  ])("is refused before the work where it %s", (_, at, why) => {
    const told = refusalOf(() => outputFolder("--to", at, kind));
    expect(told).toContain(`--to: must be a new or empty folder, or one of letters (${why}`);
    expect(told).toContain("; got ");
    expect(told).toContain(". Name another folder");
  });

  it("is new at any depth, and is there only once it is written", () => {
    const at = path.join(fresh(), "deep", "deeper");
    const write = outputFolder("--to", at, kind);
    expect(existsSync(path.dirname(at))).toBe(false);
    write(letters("a", "b/c"));
    expect(readdirSync(at, { recursive: true })).toEqual(["a", "b", "b/c"]);
  });

  it.each([
    [true, ["b", "c", "c/d"]],
    [false, ["a", "b", "c", "c/d"]],
  ])("is replaced as a whole: %s", (isWhole, left) => {
    const at = fresh();
    outputFolder("--to", at, kind)(letters("a", "b", "c/e"));
    outputFolder("--to", at, { ...kind, isWhole })(letters("b", "c/d"));
    expect(readdirSync(at, { recursive: true }).sort()).toEqual(left);
  });

  it("is as it was where the work cannot be written, and not there where it was not", () => {
    const at = fresh();
    outputFolder("--to", at, kind)(letters("a"));
    const tooLong = letters("b", "c".repeat(300));
    expect(refusalOf(() => outputFolder("--to", at, kind)(tooLong))).toContain("(ENAMETOOLONG)");
    expect(readdirSync(at)).toEqual(["a"]);
    const unborn = path.join(fresh(), "deep", "deeper");
    expect(refusalOf(() => outputFolder("--to", unborn, kind)(tooLong))).toContain("(ENAMETOOLONG)");
    expect(existsSync(path.dirname(unborn))).toBe(false);
  });
});

describe.each([
  ["a saved plan", (at: string) => readPlan(fileContent("PLAN", at), at), "npm run plan -- ENVIRONMENT --out FILE"],
  [
    "an approval",
    (at: string) => readApproval(fileContent("--approval", at), at),
    "npm run approve -- ENVIRONMENT --out FILE",
  ],
  ["a verdict", readVerdict, "npm run --silent verify -- ENVIRONMENT --json"],
])("%s", (_, read, remedy) => {
  it.each([
    ["empty", ""],
    ["broken", '{"stack": "dev'],
    ["nothing", "null"],
    ["a list", "[]"],
    ["something else", '{"a":1}'],
  ])("that is %s is refused in our words, with how one is made", (name, content) => {
    const told = refusalOf(() => read(file(`${name}.json`, content)));
    expect(told).toContain(`${name}.json`);
    expect(told).toContain(remedy);
    expect(told).not.toMatch(/Invalid input|undefined/);
  });
});

it("a rehearsal works in no folder with other things", async () => {
  file("of-somebody", "mine");
  const command = {
    environment: "dev",
    from: "workstation",
    fault: undefined,
    at: undefined,
    workload: undefined,
  } as const;
  const started = rehearseStack("Pulumi.dev.yaml", { ...command, keep: false, folder, speed: 60, json: false });
  await expect(started).rejects.toThrow(/--folder: must be a new or empty folder, or a rehearsal \(it holds .+\); got/);
});

it("a folder of a rehearsal that is a file is told of as that", () => {
  const at = file("no-folder", "mine");
  expect(() => privateFolder(at)).toThrow(`${at} must be a folder, or a name for a new one (EEXIST). Name another`);
});
