import { requiredTopology, topologyGroup } from "../../../catalog/scheduling";
import { type PodTemplate, programContainer, withContainer } from "../pod-template";
import type { TrainerForm } from "./runtime";

/** Variables that Trainer sets for OpenMPI. Source: kubeflow/trainer:pkg/constants/constants.go (v2.3.0, MPIReservedEnvNames) */
export const mpiVariables = [
  "OMPI_MCA_orte_default_hostfile",
  "OMPI_MCA_plm_rsh_args",
  "OMPI_MCA_orte_keep_fqdn_hostnames",
  "OMPI_MCA_orte_set_default_slots",
];

/** Where Trainer mounts the keys of a job, and where it names the nodes, on the launcher alone. */
const keysPath = "/etc/mpi-ssh";
const hostFile = "/etc/mpi/hostfile";

/** Port of the SSH server of a node, not 22, where an image may have a server of its own. */
const port = 2222;

/**
 * What both kinds of pods run. Keys are copied, because SSH takes none that others may read. A node hands its own variables on to every
 * process that the launcher starts there.
 */
const script = `set -eu
install -d -m 700 ~/.ssh
install -m 600 ${keysPath}/id_rsa ${keysPath}/authorized_keys ~/.ssh/
printf 'Host *\\n  Port ${port}\\n  StrictHostKeyChecking no\\n  UserKnownHostsFile /dev/null\\n  LogLevel ERROR\\n' > ~/.ssh/config
if [ ! -e ${hostFile} ]; then
  env | grep -E '^[A-Za-z_][A-Za-z0-9_]*=' > ~/.ssh/environment
  mkdir -p /run/sshd
  ssh-keygen -A
  exec /usr/sbin/sshd -D -e -p ${port} -o PermitUserEnvironment=yes -o PasswordAuthentication=no
fi
exec mpirun --allow-run-as-root --hostfile ${hostFile} --map-by slot --bind-to none "$@"
`;

/** Name of the job whose one pod starts the program. */
const launcher = "launcher";

/**
 * OpenMPI: the launcher starts one process for each GPU on every node, by SSH. It is the first node itself, so that a job takes no pod
 * beside its nodes. When any node is lost the launcher fails, and the job starts anew.
 * Sources: kubeflow/trainer:pkg/runtime/framework/plugins/mpi/mpi.go and manifests/base/runtimes/deepspeed_distributed.yaml (v2.3.0)
 * @param env Variables of every process
 * @param args What the launcher runs
 */
export function mpirun(
  framework: TrainerForm["framework"],
  env: Readonly<Record<string, string>>,
  args: TrainerForm["args"],
): TrainerForm {
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
  const container = { command: ["bash", "-c", script, "mpirun"], ...(variables.length > 0 && { env: variables }) };
  return {
    by: "trainer",
    framework,
    policy: ({ gpusPerNode: numProcPerNode }) => ({
      mpi: { numProcPerNode, mpiImplementation: "OpenMPI", sshAuthMountPath: keysPath, runLauncherAsNode: true },
    }),
    jobs: [programContainer, launcher],
    group: (pod) => {
      const both = together(withContainer(serving(pod), container));
      const ready = { tcpSocket: { port }, periodSeconds: 5 };
      return {
        jobs: [
          { name: programContainer, pod: withContainer(both, { readinessProbe: ready }) },
          { name: launcher, after: programContainer, pod: both },
        ],
        endsWith: launcher,
      };
    },
    args,
    takesSpares: false,
  };
}

/** An SSH server lets users in with the capabilities that the container runtime gives, so none of those is dropped. */
function serving(pod: PodTemplate): PodTemplate {
  const own = pod.spec.containers[0]["securityContext"] as
    { readonly capabilities?: { readonly add?: unknown } } | undefined;
  return own?.capabilities === undefined
    ? pod
    : withContainer(pod, { securityContext: { ...own, capabilities: { add: own.capabilities.add } } });
}

/** Both kinds of pods in one InfiniBand domain, where there are any: each alone would get its own. */
function together({ metadata, spec }: PodTemplate): PodTemplate {
  const annotations = metadata["annotations"] as Readonly<Record<string, string>>;
  if (!(requiredTopology in annotations)) return { metadata, spec };
  return { metadata: { ...metadata, annotations: { ...annotations, [topologyGroup]: "job" } }, spec };
}
