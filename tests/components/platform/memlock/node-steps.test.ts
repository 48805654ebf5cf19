import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hostFolder, raiseLimit } from "../../../../components/platform/memlock/node-steps";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "memlock-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const limits = (limit: string): string =>
  `Max open files            1024                 524288               files\nMax locked memory         ${limit.padEnd(20)} ${limit.padEnd(20)} bytes\n`;

/** A node in a folder, whose containerd gets the limit `after` when it is started anew. */
function node({ limit, after }: { readonly limit: string; readonly after: string }): void {
  const program = (name: string, lines: readonly string[]): void => {
    const file = join(folder, "bin", name);
    writeFileSync(file, ["#!/bin/bash", ...lines, ""].join("\n"));
    chmodSync(file, 0o755);
  };
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "proc", "7"), { recursive: true });
  writeFileSync(join(folder, "proc", "7", "limits"), limits(limit));
  writeFileSync(join(folder, "after"), limits(after));
  program("chroot", [`echo "\${*:2}" >> '${folder}/calls'`, 'exec "${@:2}"']);
  program("systemctl", [`case $1 in show) echo 7 ;; restart) cp '${folder}/after' '${folder}/proc/7/limits' ;; esac`]);
  program("crictl", ['[ "$1" = stopp ] || echo pod-of-$4']);
  program("sleep", []);
}

/** Runs the step in a container whose own limit is this. */
function raise(own: string): { readonly status: number | null; readonly calls: readonly string[] } {
  rmSync(join(folder, "calls"), { force: true });
  const { status } = spawnSync("bash", ["-c", raiseLimit.replaceAll(hostFolder, folder)], {
    env: {
      PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
      POD_UID: "1234",
      "BASH_FUNC_ulimit%%": `() { echo ${own}; }`,
    },
  });
  const calls = readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
  return { status, calls: calls.filter((it) => !it.startsWith("systemctl show")) };
}
const dropIn = (): string => join(folder, "etc/systemd/system/containerd.service.d/90-memlock.conf");

describe("raising the limit of a node", () => {
  it("starts the runtime anew with no limit, once, and the own pod after it", () => {
    node({ limit: "8388608", after: "unlimited" });
    expect(raise("64")).toEqual({
      status: 1,
      calls: [
        "systemctl daemon-reload",
        "systemctl restart containerd",
        "crictl pods --quiet --label io.kubernetes.pod.uid=1234",
        "crictl stopp pod-of-io.kubernetes.pod.uid=1234",
      ],
    });
    expect(readFileSync(dropIn(), "utf8")).toBe("[Service]\nLimitMEMLOCK=infinity\n");
    expect(raise("unlimited")).toEqual({ status: 0, calls: [] });
  });

  it("does nothing on a node that was opened before and started anew", () => {
    node({ limit: "unlimited", after: "unlimited" });
    expect(raise("unlimited")).toEqual({ status: 0, calls: [] });
    expect(existsSync(dropIn())).toBe(false);
  });

  it("fails where the runtime keeps its limit, and leaves the pod that says so", () => {
    node({ limit: "8388608", after: "8388608" });
    expect(raise("64")).toEqual({ status: 1, calls: ["systemctl daemon-reload", "systemctl restart containerd"] });
  });
});
