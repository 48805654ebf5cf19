import { healthEndpoint, nodeFiles } from "../gpu-scale-set/cloud-init";
import type { NodeSetup } from "../gpu-scale-set/node-setup";
import { settingsUnit } from "../gpu-scale-set/settings-files";
import { type NodeFile, unitsOf } from "../node-file";
import { mountPoints } from "../shared-files";
import type { HeadSurroundings } from "./head-files";
import { setupFiles, setupUnit } from "./setup-files";
import { nodeCheckPath, nodeParameters, type SlurmCluster } from "./slurm-conf";

const probe = `http://127.0.0.1:${healthEndpoint.port}${healthEndpoint.path}`;

/**
 * Files by which a node joins the cluster under the name that Azure gave it, once everything else that it sets up at a boot is there.
 * Source: SchedMD/slurm:doc/man/man8/slurmd.8, etc/slurmd.service.in (25.11)
 */
export function slurmNodeFiles(
  cluster: SlurmCluster,
  setup: NodeSetup,
  { address, keyStore, shared }: HeadSurroundings,
): readonly NodeFile[] {
  const parameters = nodeParameters(cluster);
  // systemd takes what stands in quotes as one argument.
  const conf = parameters === null ? "" : ` --conf ${parameters.includes(" ") ? `"${parameters}"` : parameters}`;
  const setUp = setupFiles("node", keyStore);
  const units = unitsOf([...nodeFiles(setup, shared), ...setUp]);
  const noFile = setup.settings?.ulimits?.noFile;
  // Without them a job would write to a folder of the OS disk that has the name of what is not mounted.
  const mounts = [...(setup.scratchPath === null ? [] : [setup.scratchPath]), ...mountPoints(shared)];
  return [
    { path: nodeCheckPath, permissions: "0755", content: nodeCheck },
    {
      path: "/etc/systemd/system/slurmd.service.d/10-join.conf",
      content: [
        "[Unit]",
        // After the first try of each, and at a shutdown stopped before them. What failed keeps slurmd from starting below, and no longer than
        // it fails: a requirement would be asked for once.
        `After=${units.join(" ")}`,
        "",
        "[Service]",
        // One at a time: of several, systemctl is content with one.
        ...units
          .filter((it) => it === settingsUnit || it === setupUnit)
          .map((it) => `ExecStartPre=/usr/bin/systemctl is-active --quiet ${it}`),
        `ExecStartPre=/usr/bin/curl --silent --show-error --fail --max-time 30 ${probe}`,
        ...mounts.map((it) => `ExecStartPre=/usr/bin/mountpoint --quiet ${it}`),
        "ExecStart=",
        `ExecStart=/usr/sbin/slurmd --systemd -Z --conf-server ${address}${conf}`,
        // The unit of the package has a limit of its own, which jobs would get.
        ...(noFile === undefined ? [] : [`LimitNOFILE=${noFile}`]),
        "Restart=always",
        "RestartSec=30",
        "",
      ].join("\n"),
    },
    ...setUp,
  ];
}

/**
 * What Slurm runs before each job and once a minute: a node whose probe is not content takes no more jobs, and says why. Jobs that run
 * there go on. Nobody lets it take jobs again but a person.
 */
const nodeCheck = `#!/usr/bin/env bash
# A machine that goes down stops one thing after the other: what is missing then is no fault of the node, and nobody would let it in again.
[[ $(systemctl is-system-running) == stopping ]] && exit 0
found=$(curl --silent --max-time 30 --write-out '%{http_code}' ${probe} | tr '\\n' ' ')
[[ $found == *200 ]] && exit 0
scontrol update nodename="\${SLURMD_NODENAME:-$(hostname --short)}" state=drain reason="node-health: \${found:0:200}"
exit 1
`;
