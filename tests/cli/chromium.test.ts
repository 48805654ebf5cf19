import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { findChromium } from "../../cli/chromium";

const folder = mkdtempSync(path.join(tmpdir(), "browsers-"));
const other = mkdtempSync(path.join(tmpdir(), "browsers-"));

function put(file: string, mode: number): string {
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, mode);
  return file;
}

const chrome = put(path.join(folder, "google-chrome"), 0o755);
const chromium = put(path.join(other, "chromium"), 0o755);
const notes = put(path.join(folder, "chromium"), 0o644);

it.each([
  ["what is named", { CHROMIUM: chrome, PATH: other }, chrome],
  ["the first name on PATH that is a program", { PATH: `${folder}:${other}` }, chromium],
  ["another name where there is no other", { PATH: folder }, chrome],
  ["nothing where what is named is no program", { CHROMIUM: notes, PATH: other }, undefined],
  ["nothing where there is none", { PATH: `relative:${path.join(folder, "none")}` }, undefined],
])("finds %s", (_, env, found) => {
  expect(findChromium(env)).toBe(found);
});
