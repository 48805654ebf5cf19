import { stringify } from "yaml";

/** What the first boot of a node has to set up. */
export interface NodeSetup {
  /** Where local NVMe disks are striped and mounted, `null` to leave them raw. */
  readonly scratchPath: string | null;
  /** GPUs that the node must show to count as healthy. */
  readonly gpus: number;
  readonly gpuVendor: "nvidia" | "amd" | null;
  /** InfiniBand ports that must be active to count as healthy. */
  readonly infinibandPorts: number;
  /** Port on which the health service answers, on the node itself only. */
  readonly healthPort: number;
}

/** Path and port contract between node and Application Health extension. */
export const healthEndpoint = { port: 8642, path: "/healthz" } as const;

/** Mount point of striped local disks, the one that Azure's HPC images use. Source: Azure/azhpc-images components/customizations/setup_nvme.sh (2026-07-29) */
export const scratchPath = "/mnt/resource_nvme";

/**
 * The cloud-init document for one node: unlimited locked memory, striped local disks, a health service.
 * Everything is a systemd unit, so a reboot sets it up again; nothing is fetched from anywhere.
 */
export function cloudInit(setup: NodeSetup): string {
  const unit = (description: string, service: readonly string[], after = "local-fs.target"): string =>
    [
      "[Unit]",
      `Description=${description}`,
      `After=${after}`,
      "",
      "[Service]",
      ...service,
      "",
      "[Install]",
      "WantedBy=multi-user.target",
      "",
    ].join("\n");
  const scratch =
    setup.scratchPath === null
      ? []
      : [
          { path: "/usr/local/sbin/local-scratch", permissions: "0755", content: scratchScript(setup.scratchPath) },
          {
            path: "/etc/systemd/system/local-scratch.service",
            content: unit("Stripe local NVMe disks into one scratch file system", [
              "Type=oneshot",
              "RemainAfterExit=yes",
              "ExecStart=/usr/local/sbin/local-scratch",
            ]),
          },
        ];
  const config = {
    write_files: [
      // RDMA registers memory by locking it; the default limit of 64 KB makes NCCL fall back to TCP. Logins read limits.d,
      // where `*` leaves root out (limits.conf(5)); services such as slurmd have what systemd gives them.
      {
        path: "/etc/security/limits.d/90-rdma.conf",
        content: ["*", "root"]
          .flatMap((user) =>
            ["memlock unlimited", "nofile 1048576"].flatMap((limit) => [
              `${user} soft ${limit}\n`,
              `${user} hard ${limit}\n`,
            ]),
          )
          .join(""),
      },
      {
        path: "/etc/systemd/system.conf.d/90-rdma.conf",
        content: "[Manager]\nDefaultLimitMEMLOCK=infinity\n",
      },
      ...scratch,
      { path: "/usr/local/sbin/node-health", permissions: "0755", content: healthScript(setup) },
      {
        path: "/etc/systemd/system/node-health.service",
        content: unit(
          "Answer health probes of this node",
          ["ExecStart=/usr/local/sbin/node-health", "Restart=always", "RestartSec=5"],
          "network.target",
        ),
      },
    ],
    runcmd: [
      ["systemctl", "daemon-reload"],
      ...(setup.scratchPath === null ? [] : [["systemctl", "enable", "--now", "local-scratch.service"]]),
      ["systemctl", "enable", "--now", "node-health.service"],
    ],
  };
  return `#cloud-config\n${stringify(config, { lineWidth: 0 })}`;
}

/** Stripes every unused local NVMe disk. Idempotent: an array that exists is assembled, a mounted one left alone. */
function scratchScript(path: string): string {
  return `#!/usr/bin/env bash
set -euo pipefail
target=${path}
array=/dev/md/scratch
mountpoint -q "$target" && exit 0
# Only the local data disks: remote disks and an OS disk on NVMe have other model names or partitions.
mapfile -t disks < <(lsblk -dnpo NAME,MODEL | awk '/Microsoft NVMe Direct Disk/ {print $1}' | while read -r disk; do
  [ "$(lsblk -nro NAME "$disk" | grep -vc '^md')" -eq 1 ] && echo "$disk"
done)
[ "\${#disks[@]}" -gt 0 ] || { echo "no local NVMe disk found" >&2; exit 1; }
mdadm --assemble --scan 2>/dev/null || true
if [ ! -e "$array" ]; then
  # --force: some sizes have one disk, and mdadm takes an array of one for a mistake.
  mdadm --create "$array" --run --force --level=0 --chunk=512 --name=scratch --raid-devices="\${#disks[@]}" "\${disks[@]}"
  mkfs.xfs -f -q "$array"
fi
mkdir -p "$target"
mount -o noatime,discard "$array" "$target"
chmod 1777 "$target"
`;
}

/** A small server in Python's standard library: 200 while all GPUs and InfiniBand ports are there, else 503. */
function healthScript({ gpus, gpuVendor, infinibandPorts, healthPort }: NodeSetup): string {
  const listing = gpuVendor === "amd" ? '["rocm-smi", "--showid", "--csv"]' : '["nvidia-smi", "-L"]';
  const counted = gpuVendor === "amd" ? '"card"' : '"GPU "';
  return `#!/usr/bin/env python3
import glob, http.server, subprocess

EXPECTED_GPUS = ${gpus}
EXPECTED_PORTS = ${infinibandPorts}


def gpus():
    if EXPECTED_GPUS == 0:
        return 0
    lines = subprocess.run(${listing}, capture_output=True, text=True, timeout=20).stdout.splitlines()
    return sum(line.startswith(${counted}) for line in lines)


def infiniband_ports():
    def read(path):
        with open(path) as file:
            return file.read()

    ports = glob.glob("/sys/class/infiniband/*/ports/1")
    return sum("InfiniBand" in read(port + "/link_layer") and "ACTIVE" in read(port + "/state") for port in ports)


class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            found = (gpus(), infiniband_ports())
        except Exception as error:
            found = str(error)
        healthy = found == (EXPECTED_GPUS, EXPECTED_PORTS)
        self.send_response(200 if healthy else 503)
        self.end_headers()
        self.wfile.write(("gpus and InfiniBand ports: %s, expected %s\\n" % (found, (EXPECTED_GPUS, EXPECTED_PORTS))).encode())

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", ${healthPort}), Health).serve_forever()
`;
}
