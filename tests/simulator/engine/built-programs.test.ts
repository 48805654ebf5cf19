import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isBuilt, sealPrograms } from "../../../simulator/engine/built-programs";

const programs = ["etcd", "kube-apiserver"].map((executable) => ({ executable, package: "", variables: {} }));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "built-programs-test-"));
  for (const { executable } of programs) writeFileSync(join(folder, executable), `#!/bin/sh\n# ${executable}\n`);
});
afterEach(() => rmSync(folder, { recursive: true }));

test("programs count as built once they are sealed, for this user alone", () => {
  expect(isBuilt({ folder, programs })).toBe(false);
  sealPrograms(folder, { programs });
  expect(isBuilt({ folder, programs })).toBe(true);
  expect(statSync(join(folder, "etcd")).mode & 0o777).toBe(0o700);
});

test("what they hold is written down as sha256sum reads it", () => {
  sealPrograms(folder, { programs });
  const out = execFileSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: folder, encoding: "utf8" });
  expect(out).toBe("etcd: OK\nkube-apiserver: OK\n");
});

test("a program that is gone is one that was not built", () => {
  sealPrograms(folder, { programs });
  rmSync(join(folder, "etcd"));
  expect(isBuilt({ folder, programs })).toBe(false);
});

test("fails for a program with other contents, and says what to do", () => {
  sealPrograms(folder, { programs });
  appendFileSync(join(folder, "etcd"), "echo planted\n");
  expect(() => isBuilt({ folder, programs })).toThrow(
    `${folder}/etcd is not what was built: its hash is not the one in ${folder}/SHA256SUMS, so it is not run. ` +
      `Delete ${folder}, then run \`npm run engine\` to build it again.`,
  );
});

test.each(["", "etcd", "SHA256SUMS"])("fails when others may write to '%s' of the folder", (name) => {
  sealPrograms(folder, { programs });
  const path = join(folder, name);
  chmodSync(path, 0o775);
  expect(() => isBuilt({ folder, programs })).toThrow("may be written by other users (mode 775), so it is not run.");
});
