import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { NoAzureCli, runAz } from "../../replacement/run-az";

let bin: string;
beforeEach(() => {
  bin = mkdtempSync(path.join(tmpdir(), "run-az-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(bin, { recursive: true });
});

/** A program az, which is a script that starts others, as the real one is. */
function stubAz(script: string): void {
  writeFileSync(path.join(bin, "az"), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, "az"), 0o755);
  vi.stubEnv("PATH", `${bin}${path.delimiter}${process.env["PATH"] ?? ""}`);
}

it("gives what az prints", async () => {
  stubAz('echo "$@"');
  expect(await runAz(["account", "show"], { timeoutMinutes: 1 })).toBe("account show");
});

it("ends az and what az started, when it takes too long", async () => {
  stubAz("sleep 3600\necho late");
  await expect(runAz(["grafana", "dashboard", "import"], { timeoutMinutes: 0.005 })).rejects.toThrow(
    "az grafana dashboard import failed: it did not end within 0.005 minutes",
  );
});

it("says where there is none", async () => {
  vi.stubEnv("PATH", bin);
  await expect(runAz(["account", "show"])).rejects.toBeInstanceOf(NoAzureCli);
});
