import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { isRunning } from "../../core/is-running";

it("says that a process runs, also one of somebody else", () => {
  expect(isRunning(process.pid)).toBe(true);
  expect(isRunning(1)).toBe(true);
});

it.each([0, -1, 1.5, Number.NaN, 2 ** 30])("knows no process %d", (pid) => {
  expect(isRunning(pid)).toBe(false);
});

it.skipIf(process.platform !== "linux")("takes one that nobody has collected for ended", async () => {
  // The shell becomes a program that never asks for the end of what the shell had started.
  const parent = spawn("bash", ["-c", "read -r _ < /dev/zero & echo $!; exec sleep 600"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(createInterface(parent.stdout), "line")) as [string];
    const child = Number(line);
    expect(isRunning(child)).toBe(true);
    // Until then the shell would collect it.
    await expect.poll(() => readFileSync(`/proc/${parent.pid ?? 0}/comm`, "utf8"), { timeout: 60_000 }).toBe("sleep\n");
    process.kill(child, "SIGKILL");
    await expect.poll(() => isRunning(child), { timeout: 60_000 }).toBe(false);
    // It is there still: signals reach it.
    expect(process.kill(child, 0)).toBe(true);
  } finally {
    parent.kill("SIGKILL");
  }
});
