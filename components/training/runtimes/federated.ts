import { requiredTopology, unconstrainedTopology } from "../../../catalog/scheduling";
import { defaultMaxRestarts } from "../failure-policy";
import { jobSet, podHost } from "../job-set";
import { generalPod, type PodTemplate, withContainer } from "../pod-template";
import type { Runtime } from "./runtime";

/** Names of the two jobs. */
const [server, client] = ["server", "client"] as const;

/** Ports of Flower's server: of its clients, and of whoever asks for a run. */
const [fleetPort, controlPort] = [9092, 9093] as const;

/** The server for as long as the program of the job runs, which finds it by the configuration. */
const serverScript = `set -eu
export FLWR_HOME=/tmp/flower
mkdir -p "$FLWR_HOME"
printf '[superlink]\\ndefault = "job"\\n\\n[superlink.job]\\naddress = "127.0.0.1:${controlPort}"\\ninsecure = true\\n' > "$FLWR_HOME/config.toml"
flower-superlink --insecure &
link=$!
code=0
"$@" || code=$?
kill "$link"
exit "$code"
`;

/**
 * Federated learning with Flower: clients that keep their data, each on a node of its own, and a server that puts together what they
 * learned. They talk by gRPC over the network, not over InfiniBand, so that nodes may be of any domain. Traffic is not encrypted: it
 * does not leave the namespace. NVIDIA FLARE is maintained as well, but wants credentials that somebody makes for each site beforehand.
 * Sources: https://flower.ai/docs/framework/how-to-run-flower-with-deployment-engine.html and ref-flower-configuration.html (1.37)
 */
export const federated: Runtime = {
  runs: "the command once, beside a server of Flower, such as `flwr run /app --stream`; a client on each node",
  image: "`flwr` and what its app needs",
  ownVariables: ["FLWR_HOME", "CLIENT_INDEX"],
  maxRestarts: defaultMaxRestarts,
  leastNodes: 2,
  anywhere: true,
  saves: false,
  form: {
    by: "jobSet",
    object: (request, pod, maxRestarts) => {
      const { name, nodes, command } = request;
      const index = { fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" };
      const clients = withContainer(anywhere(pod), {
        command: [
          "flower-supernode",
          "--insecure",
          `--superlink=${podHost(name, server, 0)}:${fleetPort}`,
          `--node-config=partition-id=$(CLIENT_INDEX) num-partitions=${nodes}`,
        ],
        env: [{ name: "CLIENT_INDEX", valueFrom: { fieldRef: index } }],
      });
      const serving = withContainer(generalPod({ cpu: "2", memory: "8Gi" }), {
        command: ["bash", "-c", serverScript, "server", ...command],
      });
      return jobSet(
        request,
        {
          jobs: [
            { name: server, pods: 1, pod: serving },
            { name: client, pods: nodes, pod: clients },
          ],
          endsWith: server,
        },
        maxRestarts,
      );
    },
  },
};

function anywhere({ metadata, spec }: PodTemplate): PodTemplate {
  const { [requiredTopology]: domain, ...annotations } = metadata["annotations"] as Readonly<Record<string, string>>;
  if (domain === undefined) return { metadata, spec };
  return { metadata: { ...metadata, annotations: { ...annotations, [unconstrainedTopology]: "true" } }, spec };
}
