import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cloudInit, healthEndpoint, scratchPath } from "../../../../components/compute/gpu-scale-set/cloud-init";
import { nothingShared } from "../../../../components/compute/shared-files";
import { scratchScript } from "../../../../components/compute/gpu-scale-set/scratch-script";
import type { NodeSetup } from "../../../../components/compute/gpu-scale-set/node-setup";

interface CloudConfig {
  readonly write_files: readonly { readonly path: string; readonly permissions?: string; readonly content: string }[];
  readonly runcmd: readonly (readonly string[])[];
}

const h100: NodeSetup = {
  namePrefix: "slurm-",
  scratchPath,
  gpus: 8,
  gpuVendor: "nvidia",
  infinibandPorts: 8,
  healthPort: healthEndpoint.port,
  environment: { NCCL_SOCKET_IFNAME: "eth0", UCX_NET_DEVICES: "mlx5_ib0:1" },
};
const mi300x: NodeSetup = { ...h100, gpuVendor: "amd" };
const hpc: NodeSetup = { ...h100, scratchPath: null, gpus: 0, gpuVendor: null, infinibandPorts: 1, environment: {} };

function read(setup: NodeSetup, lustreMgsAddress: string | null = null): CloudConfig {
  return parse(cloudInit(setup, { ...nothingShared, lustreMgsAddress })) as CloudConfig;
}

function file(setup: NodeSetup, path: string): CloudConfig["write_files"][number] {
  const found = read(setup).write_files.filter((it) => it.path === path);
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} files at ${path}`);
  return found[0];
}

function lines(setup: NodeSetup, path: string): string[] {
  return file(setup, path)
    .content.split("\n")
    .map((it) => it.trim());
}

const scratch = "/usr/local/sbin/local-scratch";
const health = "/usr/local/sbin/node-health";

describe("cloudInit", () => {
  it.each([
    ["NVIDIA", h100],
    ["AMD", mi300x],
    ["no GPU", hpc],
  ])("is a cloud-config document for %s", (_, setup) => {
    expect(cloudInit(setup).split("\n")[0]).toBe("#cloud-config");
    expect(Object.keys(read(setup))).toEqual(["write_files", "runcmd"]);
  });

  it("writes limits, SSH, scratch and health, scripts as executables", () => {
    expect(read(h100).write_files.map(({ path, permissions }) => [path, permissions])).toEqual([
      ["/etc/security/limits.d/90-rdma.conf", undefined],
      ["/etc/systemd/system.conf.d/90-rdma.conf", undefined],
      ["/etc/environment", undefined],
      ["/etc/ssh/ssh_config.d/90-nodes.conf", undefined],
      [scratch, "0755"],
      ["/etc/systemd/system/local-scratch.service", undefined],
      [health, "0755"],
      ["/etc/systemd/system/node-health.service", undefined],
    ]);
  });

  it("adds variables to those of every login, and takes none away", () => {
    expect(file(h100, "/etc/environment")).toEqual({
      path: "/etc/environment",
      append: true,
      content: "NCCL_SOCKET_IFNAME=eth0\nUCX_NET_DEVICES=mlx5_ib0:1\n",
    });
  });

  it("leaves local disks raw when told so", () => {
    expect(read(hpc).write_files.map(({ path }) => path)).toEqual([
      "/etc/security/limits.d/90-rdma.conf",
      "/etc/systemd/system.conf.d/90-rdma.conf",
      "/etc/ssh/ssh_config.d/90-nodes.conf",
      health,
      "/etc/systemd/system/node-health.service",
    ]);
    expect(cloudInit(hpc)).not.toMatch(/scratch|mdadm|nvme/);
  });

  it("starts what it wrote, in order, and fetches nothing", () => {
    expect(read(h100).runcmd).toEqual([
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "local-scratch.service"],
      ["systemctl", "enable", "--now", "node-health.service"],
    ]);
    expect(read(hpc).runcmd).toEqual([
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "node-health.service"],
    ]);
    expect(cloudInit(h100, { ...nothingShared, lustreMgsAddress: "10.64.3.4" })).not.toMatch(
      /https?:\/\/|curl|wget|apt-get/,
    );
  });

  it("lets every user, root and every service lock memory, as RDMA needs", () => {
    expect(lines(h100, "/etc/security/limits.d/90-rdma.conf")).toEqual([
      "* soft memlock unlimited",
      "* hard memlock unlimited",
      "* soft nofile 1048576",
      "* hard nofile 1048576",
      "root soft memlock unlimited",
      "root hard memlock unlimited",
      "root soft nofile 1048576",
      "root hard nofile 1048576",
      "",
    ]);
    expect(lines(h100, "/etc/systemd/system.conf.d/90-rdma.conf")).toEqual([
      "[Manager]",
      "DefaultLimitMEMLOCK=infinity",
      "",
    ]);
  });

  it("passes the SSH agent of whoever logged in on to nodes of this scale set, and holds no key", () => {
    expect(lines(h100, "/etc/ssh/ssh_config.d/90-nodes.conf")).toEqual([
      "Host slurm-??????",
      "ForwardAgent yes",
      "StrictHostKeyChecking accept-new",
      "",
    ]);
    expect(cloudInit(h100, { ...nothingShared, lustreMgsAddress: "10.64.3.4" })).not.toMatch(
      /PRIVATE KEY|id_rsa|id_ed25519|ssh-keygen|authorized_keys/,
    );
  });

  it("mounts Lustre with the image's client, after everything else, until it succeeds", () => {
    const { write_files, runcmd } = read(h100, "10.64.3.4");
    expect(write_files.at(-1)).toEqual({
      path: "/etc/systemd/system/lustre.service",
      content: [
        "[Unit]",
        "Description=Mount shared files from Managed Lustre",
        "After=network-online.target",
        "Wants=network-online.target",
        "",
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        "ExecStartPre=/usr/bin/mkdir -p /lustre",
        "ExecStart=/usr/bin/mount -t lustre -o noatime,flock 10.64.3.4@tcp:/lustrefs /lustre",
        "ExecStop=/usr/bin/umount /lustre",
        "Restart=on-failure",
        "RestartSec=30",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
        "",
      ].join("\n"),
    });
    expect(runcmd.at(-1)).toEqual(["systemctl", "enable", "--now", "lustre.service"]);
    expect(cloudInit(h100)).not.toContain("lustre");
  });

  it("mounts a container of Blob as the node's identity, in memory of a fixed size, and says no secret", () => {
    const blob = { accountName: "stgpudev", containerName: "scale-set-slurm", identityClientId: "c11e" };
    const { write_files, runcmd } = parse(cloudInit(h100, { ...nothingShared, blob })) as CloudConfig;
    const [settings, client, service] = write_files.slice(-3);
    expect(write_files.slice(-3).map((it) => [it.path, it.permissions])).toEqual([
      ["/etc/blobfuse2.yaml", "0644"],
      ["/usr/local/sbin/blob-client", "0755"],
      ["/etc/systemd/system/blob.service", undefined],
    ]);
    expect(parse(settings?.content ?? "")).toEqual({
      "allow-other": true,
      logging: { type: "syslog", level: "log_warning" },
      components: ["libfuse", "block_cache", "attr_cache", "azstorage"],
      block_cache: { "block-size-mb": 16, "mem-size-mb": 4096 },
      azstorage: {
        type: "adls",
        "account-name": "stgpudev",
        container: "scale-set-slurm",
        endpoint: "https://stgpudev.dfs.core.windows.net",
        mode: "msi",
        appid: "c11e",
      },
    });
    expect(client?.content).toMatch(/apt-get install .* fuse3 blobfuse2=2\.5\.1\n/);
    expect(spawnSync("bash", ["-n"], { input: client?.content }).status).toBe(0);
    expect(service?.content.split("\n")).toEqual(
      expect.arrayContaining([
        "After=network-online.target",
        "ExecStartPre=/usr/local/sbin/blob-client",
        "ExecStart=/usr/bin/blobfuse2 mount /blob --config-file=/etc/blobfuse2.yaml --foreground=true",
        "Restart=always",
      ]),
    );
    expect(runcmd.at(-1)).toEqual(["systemctl", "enable", "--now", "blob.service"]);
    expect(cloudInit(h100, { ...nothingShared, lustreMgsAddress: "10.64.3.4" })).not.toContain("blob");
  });

  it("runs the scripts as units that a reboot starts again", () => {
    expect(file(h100, "/etc/systemd/system/local-scratch.service").content).toBe(
      [
        "[Unit]",
        "Description=Stripe local NVMe disks into one scratch file system",
        "After=local-fs.target",
        "",
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        "ExecStart=/usr/local/sbin/local-scratch",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
        "",
      ].join("\n"),
    );
    expect(file(h100, "/etc/systemd/system/node-health.service").content).toBe(
      [
        "[Unit]",
        "Description=Answer health probes of this node",
        "After=network.target",
        "",
        "[Service]",
        "ExecStart=/usr/local/sbin/node-health",
        "Restart=always",
        "RestartSec=5",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
        "",
      ].join("\n"),
    );
  });

  it.each([
    ["a script that stops at the first error", "set -euo pipefail"],
    ["the mount point of Azure's own images", "target=/mnt/resource_nvme"],
    ["nothing to do on a mounted node", 'mountpoint -q "$target" && exit 0'],
    [
      "local data disks only",
      "mapfile -t disks < <(lsblk -dnpo NAME,MODEL | awk '/Microsoft NVMe Direct Disk/ {print $1}' | while read -r disk; do",
    ],
    ["no disk with partitions", `[ "$(lsblk -nro NAME "$disk" | grep -vc '^md')" -eq 1 ] && echo "$disk"`],
    [
      "a failure that is seen when there is no disk",
      '[ "${#disks[@]}" -gt 0 ] || { echo "no local NVMe disk found" >&2; exit 1; }',
    ],
    ["an array that survived a reboot", "mdadm --assemble --scan 2>/dev/null || true"],
    ["its file system, whatever name the array got", "if ! blkid --label local-nvme >/dev/null; then"],
    [
      "disks that no other array holds",
      `lsblk -nrpo NAME,TYPE "\${disks[@]}" | awk '$2 ~ /^raid/ {print $1}' | sort -u | xargs -r -n1 mdadm --stop`,
    ],
    [
      "an array of one disk, too, and of no host",
      'mdadm --create "$array" --run --force --level=0 --chunk=512 --homehost=any --name=scratch --raid-devices="${#disks[@]}" "${disks[@]}"',
    ],
    ["XFS with a label", 'mkfs.xfs -f -q -L local-nvme "$array"'],
    ["a line for the early boot", 'mdadm --detail --brief "$array" >> /etc/mdadm/mdadm.conf'],
    ["one line, not one a time", `sed -i -e "\\|^ARRAY $array |d" -e '/name=any:scratch/d' /etc/mdadm/mdadm.conf`],
    ["an early boot that knows the line", "update-initramfs -u"],
    ["a mount by label", 'mount -o noatime,discard LABEL=local-nvme "$target"'],
    ["room for every user", 'chmod 1777 "$target"'],
  ])("stripes local disks with %s", (_, line) => {
    expect(lines(h100, scratch)).toContain(line);
  });

  it.each([
    [
      "counts NVIDIA GPUs",
      h100,
      [
        "EXPECTED_GPUS = 8",
        'return sum(line.startswith("GPU ") for line in lines)',
        'lines = subprocess.run(["nvidia-smi", "-L"], capture_output=True, text=True, timeout=20).stdout.splitlines()',
      ],
    ],
    [
      "counts AMD GPUs",
      mi300x,
      [
        "EXPECTED_GPUS = 8",
        'return sum(line.startswith("card") for line in lines)',
        'lines = subprocess.run(["rocm-smi", "--showid", "--csv"], capture_output=True, text=True, timeout=20).stdout.splitlines()',
      ],
    ],
    ["counts no GPUs", hpc, ["EXPECTED_GPUS = 0"]],
    ["counts InfiniBand ports", h100, ["EXPECTED_PORTS = 8", 'ports = glob.glob("/sys/class/infiniband/*/ports/1")']],
    ["counts the ports of an HPC size", hpc, ["EXPECTED_PORTS = 1"]],
    [
      "answers on the node itself only",
      h100,
      ['http.server.ThreadingHTTPServer(("127.0.0.1", 8642), Health).serve_forever()'],
    ],
    ["answers 503 when something is missing", h100, ["self.send_response(200 if healthy else 503)"]],
  ] satisfies [string, NodeSetup, string[]][])("%s", (_, setup, wanted) => {
    expect(lines(setup, health)).toEqual(expect.arrayContaining(wanted));
  });
});

function has(tool: string): boolean {
  return spawnSync(tool, ["--version"]).status === 0;
}

describe("the scratch script", () => {
  let folder = "";
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "scratch-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs it with stand-ins for the programs that touch disks, and returns what it asked of them. */
  function run(
    name: string,
    { mounted, labelled }: { mounted: boolean; labelled: boolean },
    more: Readonly<Record<string, string>> = {},
  ): string[] {
    const bin = join(folder, name);
    const target = join(bin, "target");
    const log = join(bin, "log");
    mkdirSync(bin, { recursive: true });
    const answers: Readonly<Record<string, string>> = {
      mountpoint: `exit ${mounted ? 0 : 1}`,
      blkid: `exit ${labelled ? 0 : 2}`,
      lsblk: `case "$1" in
  -dnpo) printf '%s\\n' "/dev/nvme0n1 Microsoft NVMe Direct Disk" "/dev/nvme1n1 Microsoft NVMe Direct Disk" "/dev/sda Virtual Disk";;
  -nro) echo "$3"; [ "$3" = /dev/nvme1n1 ] && echo nvme1n1p1;;
  -nrpo) printf '%s\\n' "/dev/nvme0n1 disk" "/dev/md127 raid0";;
esac`,
      sed: "",
      ...Object.fromEntries(["mdadm", "udevadm", "mkfs.xfs", "update-initramfs", "mount"].map((it) => [it, ""])),
      ...more,
    };
    for (const [program, answer] of Object.entries(answers)) {
      const quiet = ["lsblk", "blkid", "mountpoint"].includes(program);
      writeFileSync(join(bin, program), `#!/bin/sh\n${quiet ? "" : `echo "${program} $*" >> ${log}`}\n${answer}\n`);
      chmodSync(join(bin, program), 0o755);
    }
    const script = scratchScript(target).replaceAll("/etc/mdadm/mdadm.conf", `${bin}/mdadm.conf`);
    const { status, stderr } = spawnSync("bash", ["--norc", "-c", script], {
      env: { PATH: `${bin}:/usr/bin:/bin` },
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    return existsSync(log)
      ? readFileSync(log, "utf8").trim().replaceAll(target, "TARGET").replaceAll(bin, "BIN").split("\n")
      : [];
  }

  it.runIf(has("bash"))("makes the file system on the free local disks of a new node", () => {
    expect(run("new", { mounted: false, labelled: false })).toEqual([
      "mdadm --assemble --scan",
      "udevadm settle",
      "mdadm --stop /dev/md127",
      "mdadm --create /dev/md/scratch --run --force --level=0 --chunk=512 --homehost=any --name=scratch --raid-devices=1 /dev/nvme0n1",
      "mkfs.xfs -f -q -L local-nvme /dev/md/scratch",
      "sed -i -e \\|^ARRAY /dev/md/scratch |d -e /name=any:scratch/d BIN/mdadm.conf",
      "mdadm --detail --brief /dev/md/scratch",
      "update-initramfs -u",
      "mount -o noatime,discard LABEL=local-nvme TARGET",
    ]);
  });

  it.runIf(has("bash"))("stripes the new disks of a node that was deallocated, and forgets the array of before", () => {
    const conf = join(folder, "morning/mdadm.conf");
    mkdirSync(join(folder, "morning"));
    const others = "HOMEHOST <system>\nARRAY /dev/md/data metadata=1.2 name=any:data UUID=3\n";
    writeFileSync(
      conf,
      `${others}ARRAY /dev/md/scratch metadata=1.2 name=any:scratch UUID=1\nARRAY /dev/md/scratch metadata=1.2 UUID=2\n`,
    );
    const mdadm = `[ "$1" = --detail ] && echo "ARRAY /dev/md/scratch metadata=1.2 UUID=4"; true`;
    const asked = run("morning", { mounted: false, labelled: false }, { sed: `exec /bin/sed "$@"`, mdadm });
    expect(asked).toContain("mkfs.xfs -f -q -L local-nvme /dev/md/scratch");
    expect(asked.at(-1)).toBe("mount -o noatime,discard LABEL=local-nvme TARGET");
    expect(readFileSync(conf, "utf8")).toBe(`${others}ARRAY /dev/md/scratch metadata=1.2 UUID=4\n`);
  });

  it.runIf(has("bash"))("only mounts what a reboot left", () => {
    expect(run("rebooted", { mounted: false, labelled: true })).toEqual([
      "mdadm --assemble --scan",
      "udevadm settle",
      "mount -o noatime,discard LABEL=local-nvme TARGET",
    ]);
    expect(run("mounted", { mounted: true, labelled: true })).toEqual([]);
  });
});

describe("the scripts", () => {
  let folder = "";
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "cloud-init-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(
    tool: string,
    args: readonly string[],
    name: string,
    content: string,
  ): { status: number | null; stderr: string } {
    const path = join(folder, name);
    writeFileSync(path, content);
    const { status, stderr } = spawnSync(tool, [...args, path], { encoding: "utf8" });
    return { status, stderr };
  }

  it.runIf(has("bash"))("are valid bash", () => {
    expect(run("bash", ["-n"], "scratch.sh", file(h100, scratch).content)).toEqual({ status: 0, stderr: "" });
    expect(run("bash", ["-n"], "broken.sh", `${file(h100, scratch).content}if`).status).not.toBe(0);
  });

  it.runIf(has("python3"))("are valid Python", () => {
    for (const setup of [h100, mi300x, hpc]) {
      const content = file(setup, health).content;
      expect(run("python3", ["-m", "py_compile"], "health.py", content)).toEqual({ status: 0, stderr: "" });
    }
    expect(run("python3", ["-m", "py_compile"], "broken.py", "def").status).not.toBe(0);
  });
});
