import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { MisconfiguredError } from "../../core/problems";
import { openStack } from "../../delivery/open-stack";

let folder = "";
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "open-stack-"))));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** What is said where the engine answers with an error. */
async function refusal(said: string | null): Promise<string> {
  if (said !== null)
    writeFileSync(
      path.join(folder, "pulumi"),
      `#!/bin/sh\n[ "$1" = version ] && echo v3.246.0 && exit 0\ncat >&2 <<'END'\n${said}\nEND\nexit 255\n`,
      { mode: 0o755 },
    );
  vi.stubEnv("PATH", said === null ? folder : `${folder}:/usr/bin:/bin`);
  const failure: unknown = await openStack("dev").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MisconfiguredError);
  return String(failure).slice(String(failure).indexOf("environment:"));
}

const opens = "environment: must have a stack 'dev' that pulumi can open:";
const backend =
  "pulumi whoami --verbose says which backend that is; pulumi login, or PULUMI_BACKEND_URL, names another";
it.each<[said: string | null, told: string]>([
  [null, "spawn pulumi ENOENT. Install the Pulumi CLI, and log in with pulumi login"],
  [
    "error: no stack named 'dev' found",
    "error: no stack named 'dev' found. pulumi stack ls says which there are; pulumi stack init dev makes one",
  ],
  [
    "error: unable to open bucket file:///nowhere: stat /nowhere: no such file or directory",
    `error: unable to open bucket file:///nowhere: stat /nowhere: no such file or directory. ${backend}`,
  ],
  [
    "error: unable to open bucket postgres://admin:hunter2@db:5432/state: connection refused",
    `error: unable to open bucket postgres://db:5432/state: connection refused. ${backend}`,
  ],
  [
    "error: unable to open bucket azblob://state?sv=2024&sig=AbCdEf0123456789AbCdEf%3D: no",
    `error: unable to open bucket azblob://state no. ${backend}`,
  ],
  ["error: AccountKey=AbCdEf0123456789==", `what looks like a connection string, not shown. ${backend}`],
])("says of %j what to do, and no secret", async (said, told) => {
  expect(await refusal(said)).toBe(`${opens} ${told}`);
});
