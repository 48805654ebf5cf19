import { spawnSync } from "node:child_process";
import { nothingShared } from "../../../../components/compute/shared-files";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { findVmSize } from "../../../../catalog/vm-sizes";
import { cloudInit, healthEndpoint } from "../../../../components/compute/gpu-scale-set/cloud-init";
import type { NodeSetup } from "../../../../components/compute/gpu-scale-set/node-setup";
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
const around = { address: "10.64.128.4", keyStore, shared: nothingShared };
const setup: NodeSetup = {
  namePrefix: "slurm-",
  scratchPath: null,
  gpus: 8,
  gpuVendor: "nvidia",
  infinibandPorts: 8,
  healthPort: healthEndpoint.port,
  environment: {},
};
const logins = { namePrefix: "slurm-", environment: { NCCL_DEBUG: "WARN" } };

function contentOf(files: readonly NodeFile[], path: string): string {
  const found = files.filter((it) => it.path === path);
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} files at ${path}`);
  return found[0].content;
}

describe("slurmNodeFiles", () => {
  const files = slurmNodeFiles(h100, setup, around);

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
        "After=node-health.service slurm-setup.service",
        "",
        "[Service]",
        "ExecStartPre=/usr/bin/systemctl is-active --quiet slurm-setup.service",
        "ExecStartPre=/usr/bin/curl --silent --show-error --fail --max-time 30 http://127.0.0.1:8642/healthz",
        "ExecStart=",
        "ExecStart=/usr/sbin/slurmd --systemd -Z --conf-server 10.64.128.4 --conf Gres=gpu:h100:8",
        "Restart=always",
        "RestartSec=30",
        "",
      ].join("\n"),
    );
    const bare = slurmNodeFiles(hpc, setup, around);
    expect(contentOf(bare, "/etc/systemd/system/slurmd.service.d/10-join.conf")).toContain(
      "\nExecStart=/usr/sbin/slurmd --systemd -Z --conf-server 10.64.128.4\n",
    );
  });

  const everything: NodeSetup = {
    ...setup,
    scratchPath: "/mnt/resource_nvme",
    settings: { hugePages: { size: "2Mi", count: 64 }, ulimits: { noFile: 65_536 } },
  };
  const blob = { accountName: "stgpudev", containerName: "scale-set-slurm", identityClientId: "c11e" };
  const nfs = { server: "10.64.5.4", exportPath: "/homes", protocol: "NFSv4.1" } as const;
  const shared = { lustreMgsAddress: "10.64.3.4", blob, nfs };
  const dropIn = "/etc/systemd/system/slurmd.service.d/10-join.conf";

  it("keep a node away while anything else that it sets up at a boot is not there", () => {
    const lines = contentOf(slurmNodeFiles(hpc, everything, { ...around, shared }), dropIn).split("\n");
    expect(lines.filter((it) => /^(After|ExecStartPre|Limit)/.test(it))).toEqual([
      "After=node-settings.service local-scratch.service node-health.service lustre.service homes.service blob.service slurm-setup.service",
      "ExecStartPre=/usr/bin/systemctl is-active --quiet node-settings.service",
      "ExecStartPre=/usr/bin/systemctl is-active --quiet slurm-setup.service",
      "ExecStartPre=/usr/bin/curl --silent --show-error --fail --max-time 30 http://127.0.0.1:8642/healthz",
      "ExecStartPre=/usr/bin/mountpoint --quiet /mnt/resource_nvme",
      "ExecStartPre=/usr/bin/mountpoint --quiet /lustre",
      "ExecStartPre=/usr/bin/mountpoint --quiet /homes",
      "ExecStartPre=/usr/bin/mountpoint --quiet /blob",
      "LimitNOFILE=65536",
    ]);
  });

  it("wait for no unit that a node does not have", () => {
    const limits = { ...setup, settings: { ulimits: { nProc: 65_536 } } };
    expect(contentOf(slurmNodeFiles(hpc, limits, around), dropIn)).not.toMatch(/node-settings|LimitNOFILE/);
  });

  it.each<[string, NodeSetup, Partial<typeof around>]>([
    ["nothing more", setup, {}],
    ["everything", everything, { shared }],
  ])("start slurmd after every unit of a node with %s", (_, of, more) => {
    const joined = { ...around, ...more };
    const text = cloudInit(of, joined.shared, slurmNodeFiles(h100, of, joined));
    const { runcmd } = parse(text) as { readonly runcmd: readonly string[][] };
    const started = runcmd.slice(1).map((it) => it.at(-1));
    expect(started).toContain("slurm-setup.service");
    expect(contentOf(slurmNodeFiles(h100, of, joined), dropIn)).toContain(`\nAfter=${started.join(" ")}\n`);
  });

  describe.runIf(spawnSync("systemd-analyze", ["--version"]).status === 0)("as systemd reads them", () => {
    let folder = "";
    beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "units-"))));
    afterAll(() => rmSync(folder, { recursive: true }));

    /** What systemd has against units and drop-ins, beside a daemon of Slurm as packages bring it. */
    function verify(files: readonly NodeFile[], daemon: string, wanted = "multi-user.target"): string {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      const program = /^(Exec\w+=-?)\/\S+/gm;
      const unitText = ["[Unit]", "After=network-online.target", "[Service]", "Type=notify", "ExecStart=/bin/true", ""];
      writeFileSync(join(folder, daemon), `${unitText.join("\n")}\n[Install]\nWantedBy=${wanted}\n`);
      const names = [daemon];
      for (const { path, content } of files) {
        const [, name] = /^\/etc\/systemd\/system\/(.*\.(?:service|conf))$/.exec(path) ?? [];
        if (name === undefined) continue;
        mkdirSync(join(folder, name, ".."), { recursive: true });
        // The programs are not on this machine.
        writeFileSync(join(folder, name), content.replace(program, "$1/bin/true"));
        if (name.endsWith(".service")) names.push(name);
      }
      const { stderr, error } = spawnSync(
        "systemd-analyze",
        ["verify", "--man=no", "--recursive-errors=yes", ...names.map((it) => join(folder, it))],
        { encoding: "utf8", env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` } },
      );
      if (error !== undefined) throw error;
      return stderr
        .split("\n")
        .filter((it) => it.includes(folder) || names.some((name) => it.includes(name)))
        .join("\n");
    }

    const node = (of: NodeSetup): readonly NodeFile[] => {
      const text = cloudInit(of, shared, slurmNodeFiles(h100, of, { ...around, shared }));
      return (parse(text) as { readonly write_files: readonly NodeFile[] }).write_files;
    };
    const head = (): readonly NodeFile[] =>
      (parse(headCloudInit(h100, logins, { ...around, shared })) as { write_files: readonly NodeFile[] }).write_files;

    it("have no fault, and wait for nothing that waits for them", () => {
      expect(verify(node(everything), "slurmd.service")).toBe("");
      expect(verify(head(), "slurmctld.service")).toBe("");
    });

    it("would be told of a fault", () => {
      const broken = (path: string, from: string, to: string) =>
        node(everything).map((it) => (it.path.endsWith(path) ? { ...it, content: it.content.replace(from, to) } : it));
      expect(verify(broken("10-join.conf", "RestartSec=30", "RestartSecs=30"), "slurmd.service")).toMatch(
        /RestartSecs/,
      );
      const cycle = broken("node-settings.service", "[Unit]", "[Unit]\nAfter=slurmd.service");
      expect(verify(cycle, "slurmd.service")).toMatch(/ordering cycle/);
    });
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
  function check(answer: string, environment: Readonly<Record<string, string>> = {}, system = "running") {
    const programs = {
      curl: answer,
      scontrol: `printf '%s\\n' "$@" > ${folder}/asked`,
      hostname: "echo slurm-000003",
      systemctl: `[ "$1" = is-system-running ] && echo ${system}`,
    };
    for (const [program, body] of Object.entries(programs)) {
      writeFileSync(join(folder, program), `#!/bin/sh\n${body}\n`);
      chmodSync(join(folder, program), 0o755);
    }
    rmSync(join(folder, "asked"), { force: true });
    const script = contentOf(slurmNodeFiles(h100, setup, around), "/usr/local/sbin/slurm-node-check");
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

  it("takes no node out while its machine goes down, which takes one service after the other", () => {
    expect(check("printf 000; exit 7", {}, "stopping")).toEqual({ status: 0, stderr: "", asked: [] });
    expect(check("printf 000; exit 7", {}, "degraded").status).toBe(1);
  });

  it("names the node as Slurm does", () => {
    expect(check("exit 7", { SLURMD_NODENAME: "slurm-00000A" }).asked[1]).toBe("nodename=slurm-00000A");
  });

  it.runIf(spawnSync("shellcheck", ["--version"]).status === 0)("has no fault that shellcheck knows", () => {
    const input = contentOf(slurmNodeFiles(h100, setup, around), "/usr/local/sbin/slurm-node-check");
    expect(spawnSync("shellcheck", ["--shell=bash", "-"], { input, encoding: "utf8" })).toMatchObject({
      status: 0,
      stdout: "",
    });
  });
});

describe("headCloudInit", () => {
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
      "[Unit]\nAfter=slurm-setup.service\nRequiresMountsFor=/var/spool/slurmctld\n\n[Service]\nExecStartPre=/usr/bin/mountpoint --quiet /var/spool/slurmctld\nRestart=always\nRestartSec=10\n",
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
