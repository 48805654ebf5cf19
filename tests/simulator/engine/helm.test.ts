import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findEngine } from "../../../simulator/engine/engine";
import type * as Helm from "../../../simulator/engine/helm";
import { ensureHelm, findHelm } from "../../../simulator/engine/helm";
import { helmModule } from "../../../simulator/engine/modules";

// Helm from a `go` of our own: what stands around a build does not need one.
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "helm-test-"));
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  vi.stubEnv("PATH", join(folder, "bin"));
  mkdirSync(join(folder, "bin"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function program(name: string, script: string): void {
  writeFileSync(join(folder, "bin", name), `#!/bin/sh\nexport PATH=/usr/bin:/bin\n${script}\n`);
  chmodSync(join(folder, "bin", name), 0o755);
}

/** Makes an executable at the value of `-o` and notes what it was asked for. */
function fakeGo(): void {
  program("go", `echo "$*" >> ${folder}/asked\nwhile [ "$1" != "-o" ]; do shift; done\necho helm > "$2"`);
}

const asked = (): string[] => readFileSync(join(folder, "asked"), "utf8").trim().split("\n");

test("Helm is built by itself, once, and knows its version; there is no engine for it", async () => {
  fakeGo();
  expect(findHelm()).toBeUndefined();
  const [one, two] = await Promise.all([ensureHelm(), ensureHelm()]);
  expect([one, two]).toEqual([join(helmModule().folder, "helm"), join(helmModule().folder, "helm")]);
  expect(await ensureHelm()).toBe(one);
  expect(findHelm()).toBe(one);
  expect(asked()).toEqual([
    `build -v -trimpath -buildvcs=false -gcflags=all=-dwarf=false -ldflags -s -w -X helm.sh/helm/v4/internal/version.version=v${helmModule().version} ` +
      `-o ${helmModule().folder}.half/helm helm.sh/helm/v4/cmd/helm`,
  ]);
  expect(findEngine()).toBeUndefined();
});

test("one on PATH is never taken", async () => {
  fakeGo();
  program("helm", `touch ${folder}/called`);
  expect(findHelm()).toBeUndefined();
  expect(await ensureHelm()).toBe(join(helmModule().folder, "helm"));
  expect(existsSync(join(folder, "called"))).toBe(false);
});

test("fails for one that is not what was built", async () => {
  fakeGo();
  appendFileSync(await ensureHelm(), "planted\n");
  // Another process: this one has checked the folder.
  vi.resetModules();
  const anew = await vi.importActual<typeof Helm>("../../../simulator/engine/helm");
  expect(() => anew.findHelm()).toThrow(`${helmModule().folder}/helm is not what was built`);
  await expect(anew.ensureHelm()).rejects.toThrow("is not what was built");
});

test("fails for one that others may change", async () => {
  fakeGo();
  chmodSync(await ensureHelm(), 0o777);
  expect(() => findHelm()).toThrow("may be written by other users (mode 777), so it is not run.");
});

test("a failed build keeps nothing and says what Go said", async () => {
  program("go", 'echo "x.go:3: undefined: y" >&2; exit 1');
  await expect(ensureHelm()).rejects.toThrow(
    `Building helm (helm ${helmModule().version}) failed. The last lines of go build:\n  x.go:3: undefined: y`,
  );
  expect(existsSync(helmModule().folder)).toBe(false);
});
