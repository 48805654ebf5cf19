import { healthEndpoint } from "../gpu-scale-set/cloud-init";
import type { NodeFile } from "../node-file";
import type { KeyStore } from "./key-store";
import { setupFiles } from "./setup-files";
import { nodeCheckPath, nodeParameters, type SlurmCluster } from "./slurm-conf";

const probe = `http://127.0.0.1:${healthEndpoint.port}${healthEndpoint.path}`;

/**
 * Files by which a node joins the cluster under the name that Azure gave it, once its health probe is content and its files are there:
 * without them a job would run in an empty folder.
 * @param mounts Mount points of shared files.
 * Source: SchedMD/slurm:doc/man/man8/slurmd.8, etc/slurmd.service.in (25.11)
 */
export function slurmNodeFiles(
  cluster: SlurmCluster,
  headAddress: string,
  keyStore: KeyStore,
  mounts: readonly string[],
): readonly NodeFile[] {
  const parameters = nodeParameters(cluster);
  // systemd takes what stands in quotes as one argument.
  const conf = parameters === null ? "" : ` --conf ${parameters.includes(" ") ? `"${parameters}"` : parameters}`;
  return [
    { path: nodeCheckPath, permissions: "0755", content: nodeCheck },
    {
      path: "/etc/systemd/system/slurmd.service.d/10-join.conf",
      content: [
        "[Unit]",
        "After=node-health.service",
        "",
        "[Service]",
        `ExecStartPre=/usr/bin/curl --silent --show-error --fail --max-time 30 ${probe}`,
        ...mounts.map((it) => `ExecStartPre=/usr/bin/mountpoint --quiet ${it}`),
        "ExecStart=",
        `ExecStart=/usr/sbin/slurmd --systemd -Z --conf-server ${headAddress}${conf}`,
        "Restart=always",
        "RestartSec=30",
        "",
      ].join("\n"),
    },
    ...setupFiles("node", keyStore),
  ];
}

/**
 * What Slurm runs before each job and once a minute: a node whose probe is not content takes no more jobs, and says why. Jobs that run
 * there go on. Nobody lets it take jobs again but a person.
 */
const nodeCheck = `#!/usr/bin/env bash
found=$(curl --silent --max-time 30 --write-out '%{http_code}' ${probe} | tr '\\n' ' ')
[[ $found == *200 ]] && exit 0
scontrol update nodename="\${SLURMD_NODENAME:-$(hostname --short)}" state=drain reason="node-health: \${found:0:200}"
exit 1
`;
