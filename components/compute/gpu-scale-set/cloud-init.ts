import { stringify } from "yaml";
import { blobClientScript, type BlobMount, blobPath, blobSettings, blobSettingsPath } from "./blob-mount";
import { healthScript } from "./health-script";
import type { NodeSetup } from "./node-setup";
import { scratchScript } from "./scratch-script";

/** Path and port contract between node and Application Health extension. */
export const healthEndpoint = { port: 8642, path: "/healthz" } as const;

/** Mount point of striped local disks, the one that Azure's HPC images use. Source: Azure/azhpc-images components/customizations/setup_nvme.sh (2026-07-29) */
export const scratchPath = "/mnt/resource_nvme";

/** Mount point of Managed Lustre. */
export const lustrePath = "/lustre";

/** A file that cloud-init writes. */
interface NodeFile {
  readonly path: string;
  readonly content: string;
  readonly permissions?: string;
  /** Behind what is there, and not in its place. */
  readonly append?: true;
}

/**
 * The cloud-init document for one node: unlimited locked memory, variables of NCCL, SSH among the nodes, striped local disks, shared files, a
 * health service. Everything is a systemd unit, so a reboot sets it up again; nothing is fetched from anywhere but blobfuse2.
 * @param lustreMgsAddress Address that Lustre is mounted from, `null` where there is none.
 * @param blob Container that is mounted, `null` where there is none.
 */
export function cloudInit(setup: NodeSetup, lustreMgsAddress: string | null, blob: BlobMount | null): string {
  const files: readonly NodeFile[] = [
    ...limits,
    ...variables(setup.environment),
    sshAmongNodes(setup.namePrefix),
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
    ...(lustreMgsAddress === null ? [] : [lustre(lustreMgsAddress)]),
    ...(blob === null ? [] : mountBlob(blob)),
  ];
  const services = files.flatMap(({ path }) => /^\/etc\/systemd\/system\/(.*\.service)$/.exec(path)?.[1] ?? []);
  const config = {
    write_files: files,
    runcmd: [["systemctl", "daemon-reload"], ...services.map((service) => ["systemctl", "enable", "--now", service])],
  };
  return `#cloud-config\n${stringify(config, { lineWidth: 0 })}`;
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

/**
 * Variables for NCCL, UCX and SHARP. Logins of every kind read this file, and so does what MPI starts on other nodes over SSH; a job that
 * sets one itself has the last word. What NCCL is told by the image stands in `/etc/nccl.conf` and stays there.
 */
function variables(environment: NodeSetup["environment"]): readonly NodeFile[] {
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  return lines.length === 0 ? [] : [{ path: "/etc/environment", append: true, content: lines.join("") }];
}

/**
 * Lets MPI start processes on other nodes with the key, or the Entra certificate, that a person brought along in an SSH
 * agent. So no key has to lie on a node, in the boot data or in the state, and it ends with the login. The agent goes on to
 * nodes of this scale set only: Azure names them by the prefix and six characters. Nobody is there to answer a question about
 * an unknown host: it is taken once, and a host that has another key later is refused.
 */
function sshAmongNodes(namePrefix: string): NodeFile {
  return {
    path: "/etc/ssh/ssh_config.d/90-nodes.conf",
    content: `Host ${namePrefix}??????\n  ForwardAgent yes\n  StrictHostKeyChecking accept-new\n`,
  };
}

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

/**
 * Mounts Managed Lustre with the client that the image brings for its own kernel, so nothing is installed. Tried again until
 * it succeeds; its log says what is missing.
 * Sources: Azure/azhpc-images components/install_lustre_client.sh, versions.json (2026-07-29: 2.17.0 in 24.04, 2.15.8 in 22.04);
 * https://learn.microsoft.com/azure/azure-managed-lustre/connect-clients
 */
function lustre(mgsAddress: string): NodeFile {
  return {
    path: "/etc/systemd/system/lustre.service",
    content: unit("Mount shared files from Managed Lustre", "network-online.target", [
      "Type=oneshot",
      "RemainAfterExit=yes",
      `ExecStartPre=/usr/bin/mkdir -p ${lustrePath}`,
      `ExecStart=/usr/bin/mount -t lustre -o noatime,flock ${mgsAddress}@tcp:/lustrefs ${lustrePath}`,
      `ExecStop=/usr/bin/umount ${lustrePath}`,
      "Restart=on-failure",
      "RestartSec=30",
    ]),
  };
}

/** Mounts a container with the node's identity. Tried again until the grant is known and the endpoint answers. */
function mountBlob(blob: BlobMount): readonly NodeFile[] {
  return [
    { path: blobSettingsPath, permissions: "0644", content: blobSettings(blob) },
    { path: "/usr/local/sbin/blob-client", permissions: "0755", content: blobClientScript },
    {
      path: "/etc/systemd/system/blob.service",
      content: unit("Mount shared files from Blob storage", "network-online.target", [
        "ExecStartPre=/usr/local/sbin/blob-client",
        `ExecStart=/usr/bin/blobfuse2 mount ${blobPath} --config-file=${blobSettingsPath} --foreground=true`,
        `ExecStopPost=-/usr/bin/umount --lazy ${blobPath}`,
        // The packages of the first boot, which others may be installing at the same time.
        "TimeoutStartSec=900",
        "Restart=always",
        "RestartSec=30",
      ]),
    },
  ];
}

function unit(description: string, after: string, service: readonly string[]): string {
  return [
    "[Unit]",
    `Description=${description}`,
    `After=${after}`,
    // A target that nothing asks for is never reached.
    ...(after === "network-online.target" ? [`Wants=${after}`] : []),
    "",
    "[Service]",
    ...service,
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");
}
