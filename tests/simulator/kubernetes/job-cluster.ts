import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import type { Engine } from "../../../simulator/engine/engine";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { LeashedProcess } from "../../../simulator/kubernetes/leashed-process";
import { record, text } from "../../../core/property-tree";
import type { Props } from "../../../core/property-value";

/** How a pod ends: the exit code and the message of its container. Undefined: not yet. */
export type Ending = (pod: { readonly check: string; readonly index: string }) => readonly [number, string] | undefined;

/** A cluster that makes pods of jobs, with a stand-in for the kubelets, which ends each pod as a test says. */
export interface JobCluster {
  readonly cluster: Cluster;
  readonly controlPlane: ControlPlane;
  /** Path of a kubeconfig for an administrator, whose one context leads to a cluster of this name. */
  readonly kubeconfig: (clusterName: string) => Promise<string>;
  /** Objects of a kind in all namespaces that have the label of a run. */
  readonly ofRuns: (apiVersion: string, kind: string) => Promise<readonly Props[]>;
  ending: Ending;
  readonly stop: () => Promise<void>;
}

const runLabel = "azure-gpu-cluster/verification";

/** Starts an API server, the controllers that jobs need, and the stand-in. */
export async function startJobCluster(engine: Engine, controllerManager: string, folder: string): Promise<JobCluster> {
  const controlPlane = await startControlPlane({ folder, engine });
  const cluster = new Cluster(ApiClient.of(controlPlane));
  const kubeconfig = async (name: string): Promise<string> => {
    const file = join(folder, `${name}.kubeconfig`);
    const { server, certificateAuthorityData, token } = controlPlane;
    const config = {
      apiVersion: "v1",
      kind: "Config",
      "current-context": "admin",
      clusters: [{ name, cluster: { server, "certificate-authority-data": certificateAuthorityData } }],
      contexts: [{ name: "admin", context: { cluster: name, user: "admin" } }],
      users: [{ name: "admin", user: { token } }],
    };
    await writeFile(file, stringify(config), { mode: 0o600 });
    return file;
  };
  const flags = [
    `--kubeconfig=${await kubeconfig("controllers")}`,
    "--controllers=job-controller,namespace-controller,serviceaccount-controller",
    "--leader-elect=false",
    "--secure-port=0",
    // Requests of many controllers at once, from one machine.
    "--kube-api-qps=200",
    "--kube-api-burst=400",
  ];
  const controllers = new LeashedProcess(
    "controllers",
    controllerManager,
    flags,
    join(folder, "controllers.log"),
    folder,
  );
  const stopping = new AbortController();
  const world: JobCluster = {
    cluster,
    controlPlane,
    kubeconfig,
    ofRuns: async (apiVersion, kind) => {
      const found = await cluster.kind({ apiVersion, kind });
      if (found === undefined) throw new Error(`There is no kind ${kind}`);
      return (await cluster.list(found)).filter((it) => text(it, labelPath(runLabel)) !== undefined);
    },
    ending: () => undefined,
    stop: async () => {
      stopping.abort();
      await kubelets;
      await controllers.stop();
      cluster.close();
      await controlPlane.stop();
    },
  };
  const kubelets = (async () => {
    while (!stopping.signal.aborted) {
      for (const pod of await world.ofRuns("v1", "Pod")) await end(cluster, pod, world.ending);
      await sleep(100);
    }
  })();
  return world;
}

/** A path in which the label's own dots and slashes are one step. */
function labelPath(label: string): string {
  return `metadata.labels["${label}"]`;
}

async function end(cluster: Cluster, pod: Props, ending: Ending): Promise<void> {
  const labels = record(pod, "metadata.labels");
  const annotations = record(pod, "metadata.annotations");
  if (text(pod, "status.phase") !== "Pending" || text(pod, "metadata.deletionTimestamp") !== undefined) return;
  const [check, index] = [labels[`${runLabel}-check`], annotations["batch.kubernetes.io/job-completion-index"]];
  if (typeof check !== "string" || typeof index !== "string") return;
  const ended = ending({ check, index });
  if (ended === undefined) return;
  const [exitCode, message] = ended;
  const container = {
    name: "main",
    image: "image",
    imageID: "",
    ready: false,
    restartCount: 0,
    state: { terminated: { exitCode, message, reason: exitCode === 0 ? "Completed" : "Error" } },
  };
  await cluster.merge(
    pod,
    { status: { phase: exitCode === 0 ? "Succeeded" : "Failed", containerStatuses: [container] } },
    "/status",
  );
}
