import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EngineError } from "../../../simulator/engine/errors";
import { openTo, privateFolder } from "../../../simulator/engine/private-folder";

let parent: string;
beforeEach(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), "private-folder-test-")));
});
afterEach(() => rmSync(parent, { recursive: true }));

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test("makes a folder that only this user may enter, with its parents", () => {
  const folder = join(parent, "a", "b");
  expect(privateFolder(folder)).toBe(folder);
  expect([modeOf(join(parent, "a")), modeOf(folder)]).toEqual([0o700, 0o700]);
});

test("takes a folder of this user and closes it", () => {
  const folder = join(parent, "readable");
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  privateFolder(folder);
  expect(modeOf(folder)).toBe(0o700);
});

test("follows a link to the folder that is meant", () => {
  mkdirSync(join(parent, "target"), { mode: 0o700 });
  symlinkSync(join(parent, "target"), join(parent, "link"));
  expect(privateFolder(join(parent, "link"))).toBe(join(parent, "target"));
});

test.each([0o775, 0o777, 0o702])("fails for a folder of mode %o, leaves it, and says what to do", (mode) => {
  const folder = join(parent, "shared");
  mkdirSync(folder);
  chmodSync(folder, mode);
  const take = (): string => privateFolder(folder);
  expect(take).toThrow(EngineError);
  expect(take).toThrow(
    `The folder ${folder} may be written by other users (mode ${mode.toString(8)}), so what lies in it cannot be ` +
      `trusted. Name a folder that does not exist yet; if everything in this one is yours: chmod 700 ${folder}`,
  );
  expect(modeOf(folder)).toBe(mode);
});

test("fails where a file lies", () => {
  expect(() => privateFolder(process.execPath)).toThrow("EEXIST");
});

test("tells a folder of another user", () => {
  const { uid } = userInfo();
  expect(openTo({ uid: uid + 1, mode: 0o40700 })).toBe(`belongs to another user (number ${uid + 1})`);
  expect(openTo({ uid, mode: 0o40700 })).toBeUndefined();
});
