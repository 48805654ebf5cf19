import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { copyScript } from "../../../components/training/copy-script";

let folder: string;
let [from, to] = ["", ""];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "copy-"));
  [from, to] = [path.join(folder, "from"), path.join(folder, "to/deep")];
  mkdirSync(from);
});

/** Files of the source, by their paths. */
function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(from, name)), { recursive: true });
    writeFileSync(path.join(from, name), content);
  }
}

/** Runs one pod of a copy. */
function pod(part: number, parts: number, source = from): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", copyScript, "copy", source, to, String(parts)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], JOB_COMPLETION_INDEX: String(part) },
  });
  return { code: status, out: stdout, err: stderr };
}

/** All files below a folder, by their paths, with what is in them. */
function filesIn(at: string): Record<string, string> {
  const files = readdirSync(at, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  return Object.fromEntries(
    files.map((it) => {
      const file = path.join(it.parentPath, it.name);
      return [path.relative(at, file), readFileSync(file, "utf8")];
    }),
  );
}

const strange = {
  "it's a\nname": "1",
  "-rf": "2",
  "a/ b /%s$(exit)*?.tar": "3",
  "a/été": "4",
  "a/empty": "",
};

test.each([1, 2, 3, 7])("%i pods copy each file once, whatever it is called", (parts) => {
  const shards = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`shards/shard-${1000 + at}.tar`, `${at}`]));
  write({ ...strange, ...shards });
  const said = Array.from({ length: parts }, (_, part) => pod(part, parts));
  expect(said.map(({ code, err }) => [code, err])).toEqual(said.map(() => [0, ""]));
  expect(filesIn(to)).toEqual({ ...strange, ...shards });
  const counts = said.map(({ out }) => Number(/copied (\d+) files/.exec(out)?.[1]));
  expect(counts.reduce((sum, it) => sum + it, 0)).toBe(45);
  // Each has something to do.
  expect(Math.min(...counts)).toBeGreaterThan(0);
});

test("what is there, as long and not older, stays; what has changed is copied again", () => {
  write({ same: "same", longer: "longer", newer: "newer" });
  expect(pod(0, 1).out).toBe("part 1 of 1: copied 3 files, 0 MiB; 0 were there already, 0 failed\n");
  write({ longer: "longer still", newer: "other" });
  const later = statSync(path.join(to, "newer")).mtimeMs / 1000 + 60;
  utimesSync(path.join(from, "newer"), later, later);
  expect(pod(0, 1).out).toBe("part 1 of 1: copied 2 files, 0 MiB; 1 were there already, 0 failed\n");
  expect(filesIn(to)).toEqual({ same: "same", longer: "longer still", newer: "other" });
});

test("half a file that a pod left behind is no file, is not copied on, and is in nobody's way", () => {
  write({ "a/model": "whole", "a/.copying-of-another": "half" });
  mkdirSync(path.join(to, "a"), { recursive: true });
  writeFileSync(path.join(to, "a/.copying-model"), "ha");
  expect(pod(0, 1)).toEqual({
    code: 0,
    out: "part 1 of 1: copied 1 files, 0 MiB; 0 were there already, 0 failed\n",
    err: "",
  });
  expect(filesIn(to)).toEqual({ "a/model": "whole" });
});

test("one file goes into the folder, by the pod whose part it is", () => {
  write({ "a/model": "whole", "a/other": "other" });
  expect([0, 1].map((it) => pod(it, 2, path.join(from, "a/model")).code)).toEqual([0, 0]);
  expect(filesIn(to)).toEqual({ model: "whole" });
});

test("no source ends with 2, which no restart helps", () => {
  const { code, err } = pod(0, 1, path.join(folder, "nowhere"));
  expect([code, err]).toEqual([2, expect.stringContaining("nowhere")]);
  expect(existsSync(to)).toBe(false);
});

test("files that cannot be written are told, all others are copied, and the pod fails", () => {
  write({ "a/one": "1", "b/two": "2" });
  // A file where a folder has to be: nobody, not even root, can write there.
  mkdirSync(to, { recursive: true });
  writeFileSync(path.join(to, "a"), "");
  const { code, out, err } = pod(0, 1);
  expect([code, out]).toEqual([1, "part 1 of 1: copied 1 files, 0 MiB; 0 were there already, 1 failed\n"]);
  expect(err).toContain("File exists");
  expect(filesIn(to)).toEqual({ a: "", "b/two": "2" });
});

test("links are not followed, and the first pod says so", () => {
  write({ file: "file" });
  symlinkSync("file", path.join(from, "link"));
  expect([pod(0, 2), pod(1, 2)].map(({ code, err }) => [code, err])).toEqual([
    [0, "not copied, since they are neither files nor folders: 1, such as ./link\n"],
    [0, ""],
  ]);
  expect(filesIn(to)).toEqual({ file: "file" });
});

test("a program stays one that can be run", () => {
  write({ program: "#!/bin/sh" });
  chmodSync(path.join(from, "program"), 0o755);
  pod(0, 1);
  expect(statSync(path.join(to, "program")).mode & 0o111).toBe(0o111);
});
