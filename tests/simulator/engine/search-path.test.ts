import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { World } from "../../../simulator/azure/world";
import { onPath, searchPath } from "../../../simulator/engine/search-path";

test("executables are found on PATH, folders and empty entries are not", () => {
  expect(onPath("sh", `::/nowhere:/bin`)).toBe("/bin/sh");
  expect(onPath("bin", "/usr")).toBeUndefined();
  expect(onPath("sh", "")).toBeUndefined();
});

test("a relative entry of PATH does not count, even when it holds the program", () => {
  const folder = mkdtempSync(join(tmpdir(), "search-path-test-"));
  writeFileSync(join(folder, "sh"), "");
  chmodSync(join(folder, "sh"), 0o755);
  expect(onPath("sh", `${relative(process.cwd(), folder)}:/bin`)).toBe("/bin/sh");
  expect(onPath("sh", `${folder}:/bin`)).toBe(join(folder, "sh"));
  rmSync(folder, { recursive: true });
});

test("the engine gets no relative entry either: it works in a folder that it did not make", () => {
  const before = process.env["PATH"];
  process.env["PATH"] = ".:bin::/usr/bin";
  const folder = mkdtempSync(join(tmpdir(), "search-path-test-"));
  const path = World.open(folder).environment(join(folder, "providers"))["PATH"];
  expect(searchPath(path)).toHaveLength(3);
  expect(path).toMatch(/^\/\S+\/providers:\/\S+\/simulator\/bin:\/usr\/bin$/);
  process.env["PATH"] = before;
  rmSync(folder, { recursive: true });
});
