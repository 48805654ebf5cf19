import { spawnSync } from "node:child_process";
import { nothingShared } from "../../../../components/compute/shared-files";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { findVmSize } from "../../../../catalog/vm-sizes";
import type { NodeFile } from "../../../../components/compute/node-file";
import { headCloudInit } from "../../../../components/compute/slurm/head-files";
import { slurmNodeFiles } from "../../../../components/compute/slurm/node-files";
import { gresConf, slurmConf, type SlurmCluster } from "../../../../components/compute/slurm/slurm-conf";

const keyStore = { accountName: "stgpudev", containerName: "scale-set-slurm-key", identityClientId: "c11e" };

function cluster(name: string): SlurmCluster {
  const size = findVmSize(name);
  if (size === undefined) throw new Error(`no ${name}`);
  return { name: "slurm", headName: "slurm-head", size };
}

const h100 = cluster("Standard_ND96isr_H100_v5");
const hpc = cluster("Standard_HB176rs_v4");
const logins = { namePrefix: "slurm-", environment: { NCCL_DEBUG: "WARN" } };

function contentOf(files: readonly NodeFile[], path: string): string {
  const found = files.filter((it) => it.path === path);
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} files at ${path}`);
  return found[0].content;
}

describe("slurmNodeFiles", () => {
  const files = slurmNodeFiles(h100, "10.64.128.4", keyStore, []);

  it("are a check, what a node says when it joins, and the way in", () => {
    expect(files.map(({ path, permissions }) => [path, permissions])).toEqual([
      ["/usr/local/sbin/slurm-node-check", "0755"],
      ["/etc/systemd/system/slurmd.service.d/10-join.conf", undefined],
      ["/usr/local/sbin/slurm-setup", "0755"],
      ["/etc/systemd/system/slurm-setup.service", undefined],
    ]);
  });

  it("let a node join under its own name, with its GPUs, once its probe is content", () => {
    expect(contentOf(files, "/etc/systemd/system/slurmd.service.d/10-join.conf")).toBe(
      [
        "[Unit]",
        "After=node-health.service",
        "",
        "[Service]",
        "ExecStartPre=/usr/bin/curl --silent --show-error --fail --max-time 30 http://127.0.0.1:8642/healthz",
        "ExecStart=",
        "ExecStart=/usr/sbin/slurmd --systemd -Z --conf-server 10.64.128.4 --conf Gres=gpu:h100:8",
        "Restart=always",
        "RestartSec=30",
        "",
      ].join("\n"),
    );
    const bare = slurmNodeFiles(hpc, "10.64.128.4", keyStore, []);
    expect(contentOf(bare, "/etc/systemd/system/slurmd.service.d/10-join.conf")).toContain(
      "\nExecStart=/usr/sbin/slurmd --systemd -Z --conf-server 10.64.128.4\n",
    );
  });

  it("keep a node away while its shared files are not there", () => {
    const shared = slurmNodeFiles(hpc, "10.64.128.4", keyStore, ["/lustre", "/blob"]);
    const lines = contentOf(shared, "/etc/systemd/system/slurmd.service.d/10-join.conf").split("\n");
    expect(lines.filter((it) => it.includes("mountpoint"))).toEqual([
      "ExecStartPre=/usr/bin/mountpoint --quiet /lustre",
      "ExecStartPre=/usr/bin/mountpoint --quiet /blob",
    ]);
  });

  it("set a machine up at each boot, until it succeeds", () => {
    expect(contentOf(files, "/etc/systemd/system/slurm-setup.service")).toBe(
      [
        "[Unit]",
        "Description=Install Slurm and take the key of its cluster",
        "After=network-online.target",
        "Wants=network-online.target",
        "",
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        "ExecStart=/usr/local/sbin/slurm-setup",
        "TimeoutStartSec=900",
        "Restart=on-failure",
        "RestartSec=30",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
        "",
      ].join("\n"),
    );
  });
});

describe("the check of a node", () => {
  let folder = "";
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "check-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs it with stand-ins, and returns how it ended and what it asked of Slurm. */
  function check(answer: string, environment: Readonly<Record<string, string>> = {}) {
    const programs = { curl: answer, scontrol: `printf '%s\\n' "$@" > ${folder}/asked`, hostname: "echo slurm-000003" };
    for (const [program, body] of Object.entries(programs)) {
      writeFileSync(join(folder, program), `#!/bin/sh\n${body}\n`);
      chmodSync(join(folder, program), 0o755);
    }
    rmSync(join(folder, "asked"), { force: true });
    const script = contentOf(slurmNodeFiles(h100, "10.64.128.4", keyStore, []), "/usr/local/sbin/slurm-node-check");
    const { status, stderr } = spawnSync("bash", ["--norc", "-c", script], {
      env: { PATH: `${folder}:/usr/bin:/bin`, ...environment },
      encoding: "utf8",
    });
    const asked = join(folder, "asked");
    return { status, stderr, asked: existsSync(asked) ? readFileSync(asked, "utf8").trim().split("\n") : [] };
  }

  it("lets a node take jobs whose probe is content", () => {
    const said = `printf 'gpus and InfiniBand ports: (8, 8), expected (8, 8)\\n200'`;
    expect(check(said)).toEqual({ status: 0, stderr: "", asked: [] });
  });

  it.each([
    [
      "has lost a GPU",
      `printf 'gpus and InfiniBand ports: (7, 8), expected (8, 8)\\n503'`,
      "gpus and InfiniBand ports: (7, 8), expected (8, 8) 503",
    ],
    ["does not answer", "printf 000; exit 7", "000"],
  ])("takes a node that %s out, and says why", (_, answer, reason) => {
    expect(check(answer)).toEqual({
      status: 1,
      stderr: "",
      asked: ["update", "nodename=slurm-000003", "state=drain", `reason=node-health: ${reason}`],
    });
  });

  it("names the node as Slurm does", () => {
    expect(check("exit 7", { SLURMD_NODENAME: "slurm-00000A" }).asked[1]).toBe("nodename=slurm-00000A");
  });

  it.runIf(spawnSync("shellcheck", ["--version"]).status === 0)("has no fault that shellcheck knows", () => {
    const input = contentOf(slurmNodeFiles(h100, "10.64.128.4", keyStore, []), "/usr/local/sbin/slurm-node-check");
    expect(spawnSync("shellcheck", ["--shell=bash", "-"], { input, encoding: "utf8" })).toMatchObject({
      status: 0,
      stdout: "",
    });
  });
});

describe("headCloudInit", () => {
  const around = { address: "10.64.128.4", keyStore, shared: nothingShared };

  function read(of: SlurmCluster, more: Partial<Parameters<typeof headCloudInit>[2]> = {}) {
    const text = headCloudInit(of, logins, { ...around, ...more });
    expect(text.split("\n")[0]).toBe("#cloud-config");
    return parse(text) as { readonly write_files: readonly NodeFile[]; readonly runcmd: readonly string[][] };
  }

  it("writes the configuration of the cluster before its packages come, and what logins on the nodes have", () => {
    const { write_files: files, runcmd } = read(h100);
    expect(files.map(({ path }) => path)).toEqual([
      "/etc/environment",
      "/etc/ssh/ssh_config.d/90-nodes.conf",
      "/etc/slurm/slurm.conf",
      "/etc/slurm/gres.conf",
      "/etc/slurm/cgroup.conf",
      "/etc/systemd/system/slurmctld.service.d/10-state.conf",
      "/usr/local/sbin/slurm-setup",
      "/etc/systemd/system/slurm-setup.service",
    ]);
    expect(contentOf(files, "/etc/slurm/slurm.conf")).toBe(slurmConf(h100, "10.64.128.4"));
    expect(contentOf(files, "/etc/slurm/gres.conf")).toBe(gresConf(h100));
    expect(contentOf(files, "/etc/environment")).toBe("NCCL_DEBUG=WARN\n");
    expect(contentOf(files, "/etc/systemd/system/slurmctld.service.d/10-state.conf")).toBe(
      "[Service]\nExecStartPre=/usr/bin/mountpoint --quiet /var/spool/slurmctld\nRestart=always\nRestartSec=10\n",
    );
    expect(runcmd).toEqual([
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "slurm-setup.service"],
    ]);
  });

  it("has no list of devices where there are no GPUs", () => {
    expect(read(hpc).write_files.map(({ path }) => path)).not.toContain("/etc/slurm/gres.conf");
  });

  it("mounts what the nodes mount, before the packages", () => {
    const blob = { accountName: "stgpudev", containerName: "scale-set-slurm", identityClientId: "c11e" };
    expect(
      read(h100, { shared: { ...nothingShared, lustreMgsAddress: "10.64.3.4", blob } }).runcmd.map((it) => it.at(-1)),
    ).toEqual(["daemon-reload", "lustre.service", "blob.service", "slurm-setup.service"]);
  });

  it("holds no key", () => {
    expect(headCloudInit(h100, logins, around)).not.toMatch(/PRIVATE KEY|id_rsa|id_ed25519|ssh-keygen/);
  });
});
