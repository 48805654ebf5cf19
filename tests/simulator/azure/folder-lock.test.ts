import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lockFolder } from "../../../simulator/azure/folder-lock";
import { newFolder } from "./provider";

let path: string;
beforeEach(() => {
  path = join(newFolder(), "lock");
});
afterEach(() => vi.restoreAllMocks());

/** A clock that goes on by a second each time somebody looks. */
function hurry(): void {
  let now = Date.now();
  vi.spyOn(Date, "now").mockImplementation(() => (now += 1000));
}

describe("the lock of a folder", () => {
  it("names who holds it, and is gone when it is let go", () => {
    const unlock = lockFolder(path);
    expect(readFileSync(path, "utf8")).toBe(String(process.pid));
    unlock();
    expect(existsSync(path)).toBe(false);
  });

  it("is taken over from a process that is gone, and leaves nothing of it", () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(path, String(pid));
    lockFolder(path)();
    expect(readdirSync(join(path, ".."))).toEqual([]);
  });

  it("is taken over from a process that died before it could write its name", () => {
    writeFileSync(path, "");
    utimesSync(path, 0, 0);
    lockFolder(path)();
    expect(existsSync(path)).toBe(false);
  });

  it("fails while a process that runs holds it, and says what to do", () => {
    // Of another user, as a rule: it may not be asked, and runs all the same.
    writeFileSync(path, "1");
    hurry();
    expect(() => lockFolder(path)).toThrow(
      `Process 1 holds ${path} for more than 60 s. Delete it if no rehearsal runs.`,
    );
    expect(readFileSync(path, "utf8")).toBe("1");
  });
});
