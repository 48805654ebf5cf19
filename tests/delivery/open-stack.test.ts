import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { openStack } from "../../delivery/open-stack";

const folder = mkdtempSync(path.join(tmpdir(), "open-stack-"));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A CLI that says something of every stack. */
function cli(says: string): void {
  const file = path.join(folder, "pulumi");
  const version = 'if [ "$1" = version ]; then echo v3.246.0; exit 0; fi';
  writeFileSync(file, `#!/bin/sh\n${version}\necho 'error: ${says}' >&2\nexit 255\n`);
  chmodSync(file, 0o755);
  vi.stubEnv("PATH", `${folder}:/usr/bin:/bin`);
}

it.each([
  ["no stack named 'dve' found", "pulumi stack ls says which there are; pulumi stack init dve makes one"],
  ["unable to open bucket file:///nope: stat /nope: no such file or directory", "pulumi whoami --verbose says which"],
  ["PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions", "pulumi whoami --verbose says"],
  ["getting stack: 403 AuthorizationPermissionMismatch", "pulumi whoami --verbose says which backend that is"],
])("says what to do about: %s", async (says, remedy) => {
  cli(says.replaceAll("'", `'"'"'`));
  const opened = openStack("dve");
  await expect(opened).rejects.toThrow(
    `environment: must have a stack 'dve' that pulumi can open: error: ${says}. ${remedy}`,
  );
});

it("says to install the CLI where there is none", async () => {
  vi.stubEnv("PATH", path.join(folder, "empty"));
  await expect(openStack("dev")).rejects.toThrow(/that pulumi can open: .*ENOENT.*Install the Pulumi CLI/);
});
