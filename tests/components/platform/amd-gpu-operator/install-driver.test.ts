import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { hostFolder, installDriver } from "../../../../components/platform/amd-gpu-operator/install-driver";

let folder: string;
let host: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "amd-driver-test-"));
  host = join(folder, "host");
  mkdirSync(join(host, "etc/apt/sources.list.d"), { recursive: true });
  writeFileSync(join(host, "etc/os-release"), "VERSION_CODENAME=noble\n");
  program("curl", "exit 0");
  program("uname", "echo 6.8.0-1030-azure");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program in place of the real one, which notes how it was called. */
function program(name: string, does: string): void {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> ${folder}/calls\n${does}\n`);
  chmodSync(path, 0o755);
}

/** Runs the script on a node of which `dpkg-query` says this; what it called, and how it ended. */
function run(status: string, fails = "nothing"): { readonly calls: string[]; readonly code: number | null } {
  program("chroot", `case "$*" in *"${fails}"*) exit 7;; *dpkg-query*) echo ${status};; esac`);
  const script = installDriver.replaceAll(hostFolder, host);
  const env = { PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` };
  const { status: code } = spawnSync("bash", ["-c", script], { env });
  const log = join(folder, "calls");
  const calls = existsSync(log) ? readFileSync(log, "utf8").trim().replaceAll(host, "/host").split("\n") : [];
  return { calls, code };
}

const asked = "chroot /host dpkg-query --show --showformat=${db:Status-Status} amdgpu-dkms";
const installs = [
  "curl --fail --silent --show-error --location --retry 5 --output /host/etc/apt/keyrings/rocm.asc https://repo.radeon.com/rocm/rocm.gpg.key",
  "chroot /host apt-get -o DPkg::Lock::Timeout=300 update",
  "uname -r",
  "chroot /host apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends linux-headers-6.8.0-1030-azure amdgpu-dkms",
];
const list = "etc/apt/sources.list.d/amdgpu.list";
const source =
  "deb [arch=amd64 signed-by=/etc/apt/keyrings/rocm.asc] https://repo.radeon.com/amdgpu/30.20.1/ubuntu noble main\n";

it("installs the packages for the node's kernel on a new node, then loads the driver", () => {
  expect(run("installed")).toEqual({ calls: [...installs, "chroot /host modprobe amdgpu"], code: 0 });
  expect(readFileSync(join(host, list), "utf8")).toBe(source);
});

it("only loads the driver that is there", () => {
  writeFileSync(join(host, list), source);
  expect(run("installed")).toEqual({ calls: [asked, "chroot /host modprobe amdgpu"], code: 0 });
});

it("installs anew where the last time did not come to an end", () => {
  writeFileSync(join(host, list), source);
  expect(run("half-configured")).toEqual({ calls: [asked, ...installs, "chroot /host modprobe amdgpu"], code: 0 });
});

it("installs this version where there is another one", () => {
  writeFileSync(join(host, list), source.replace("30.20.1", "30.10"));
  expect(run("installed").calls).toEqual([...installs, "chroot /host modprobe amdgpu"]);
  expect(readFileSync(join(host, list), "utf8")).toBe(source);
});

it.each(["update", "install --yes", "modprobe"])("fails where %s does, so that kubelet tries it again", (fails) => {
  expect(run("installed", fails).code).toBe(7);
});
