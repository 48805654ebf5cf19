import { loginFiles } from "../login-files";
import { cloudConfig, type NodeFile, unit } from "../node-file";
import { nothingShared, type Shared, sharedFiles } from "../shared-files";
import { healthScript } from "./health-script";
import type { NodeSetup } from "./node-setup";
import { settingsFiles } from "./settings-files";
import { scratchScript } from "./scratch-script";

/** Path and port contract between node and Application Health extension. */
export const healthEndpoint = { port: 8642, path: "/healthz" } as const;

/** Mount point of striped local disks, the one that Azure's HPC images use. Source: Azure/azhpc-images components/customizations/setup_nvme.sh (2026-07-29) */
export const scratchPath = "/mnt/resource_nvme";

/**
 * The cloud-init document for one node: unlimited locked memory, variables of NCCL, SSH among the nodes, striped local disks, shared files, a
 * health service. Everything is a systemd unit, so a reboot sets it up again; nothing is fetched from anywhere but blobfuse2 and what the
 * node joins.
 * @param shared What is mounted.
 * @param scheduler Files by which the node joins a scheduler.
 */
export function cloudInit(
  setup: NodeSetup,
  shared: Shared = nothingShared,
  scheduler: readonly NodeFile[] = [],
): string {
  return cloudConfig([...nodeFiles(setup, shared), ...scheduler]);
}

/** Files of a node but for what joins it to a scheduler. */
export function nodeFiles(setup: NodeSetup, shared: Shared): readonly NodeFile[] {
  return [
    ...limits,
    ...(setup.settings === undefined ? [] : settingsFiles(setup.settings)),
    ...loginFiles(setup),
    ...(setup.scratchPath === null ? [] : scratch(setup.scratchPath)),
    { path: "/usr/local/sbin/node-health", permissions: "0755", content: healthScript(setup) },
    {
      path: "/etc/systemd/system/node-health.service",
      content: unit("Answer health probes of this node", "network.target", [
        "ExecStart=/usr/local/sbin/node-health",
        "Restart=always",
        "RestartSec=5",
      ]),
    },
    // Last, for services are started in this order: shared files that do not answer yet hold nothing up.
    ...sharedFiles(shared),
  ];
}

/** RDMA registers memory by locking it; the default limit of 64 KB makes NCCL fall back to TCP. */
const limits: readonly NodeFile[] = [
  {
    // Logins read limits.d, where `*` leaves root out (limits.conf(5)); services such as slurmd have what systemd gives them.
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
];

function scratch(path: string): readonly NodeFile[] {
  return [
    { path: "/usr/local/sbin/local-scratch", permissions: "0755", content: scratchScript(path) },
    {
      path: "/etc/systemd/system/local-scratch.service",
      content: unit("Stripe local NVMe disks into one scratch file system", "local-fs.target", [
        "Type=oneshot",
        "RemainAfterExit=yes",
        "ExecStart=/usr/local/sbin/local-scratch",
      ]),
    },
  ];
}
