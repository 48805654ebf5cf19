import { patienceSeconds } from "./api-client";
import { setTimeout as sleep } from "node:timers/promises";
import type { ApiKind, Cluster } from "./cluster";
import { isRecord, type Value, type Props } from "../../core/property-value";
import { list, record, text } from "../../core/property-tree";
import { objectId } from "./resource-types";

/**
 * The few things that the controller manager of a real cluster does and that our objects cannot live without. Everything
 * else that controllers do (pods of a deployment, garbage, endpoints) happens where the real one runs beside a workload, and
 * nowhere else: docs/decisions/0013.
 */

const manager = "simulated-controller-manager";

/** Finalizers that Kubernetes itself sets, and that its controllers take away once nobody uses the object. */
const ownFinalizers = new Set([
  "kubernetes.io/pvc-protection",
  "kubernetes.io/pv-protection",
  "batch.kubernetes.io/job-tracking",
  "foregroundDeletion",
  "orphan",
  // The API server's own. After a failure it tries again later and later, up to minutes: it fails while other CRDs go.
  "customresourcecleanup.apiextensions.k8s.io",
]);

/** Does what a controller does when an object has been made or changed. */
export async function afterApply(cluster: Cluster, live: Props): Promise<void> {
  switch (`${text(live, "apiVersion") ?? ""} ${text(live, "kind") ?? ""}`) {
    case "v1 Namespace":
      // Pods without a service account of their own are refused while it is missing.
      await cluster.apply(
        {
          apiVersion: "v1",
          kind: "ServiceAccount",
          metadata: { name: "default", namespace: text(live, "metadata.name") ?? "" },
        },
        { manager },
      );
      break;
    case "v1 ResourceQuota": {
      // Without a status the quota refuses everything that it counts: "status unknown for quota".
      const hard = record(live, "spec.hard");
      const used = record(live, "status.used");
      const counted = Object.keys(hard).map((key): [string, Value] => [key, used[key] ?? "0"]);
      await cluster.merge(live, { status: { hard, used: Object.fromEntries(counted) } }, "/status");
      break;
    }
    case "apiextensions.k8s.io/v1 CustomResourceDefinition":
      await waitUntilEstablished(cluster, live);
      break;
  }
}

/**
 * Waits until the server serves the kind of a CRD, which is when it is Established. Asks for the list of kinds, not for
 * the CRD: large ones, read by the dozen, would keep the server from establishing them.
 */
export async function waitUntilEstablished(cluster: Cluster, crd: Props, seconds = patienceSeconds): Promise<void> {
  const type = servedType(crd);
  const deadline = Date.now() + seconds * 1000;
  while ((await cluster.kind(type)) === undefined) {
    if (Date.now() > deadline) {
      const conditions = list(await cluster.read(crd), "status.conditions");
      throw new Error(`${objectId(crd)} was not Established within ${seconds} seconds: ${JSON.stringify(conditions)}`);
    }
    await sleep(100);
  }
}

/** The kind that a CRD brings, in a version that is served. */
function servedType(crd: Props): { readonly apiVersion: string; readonly kind: string } {
  const served = list(crd, "spec.versions").find((it) => isRecord(it) && it["served"] === true);
  return {
    apiVersion: `${text(crd, "spec.group") ?? ""}/${text(served, "name") ?? ""}`,
    kind: text(crd, "spec.names.kind") ?? "",
  };
}

/** How long a deletion may take, with all that it must wait for. */
interface Patience {
  readonly seconds: number;
  readonly deadline: number;
  /** Whether finalizers that others set hold it until those take them away. */
  readonly asksOthers: boolean;
}

/**
 * Deletes an object and waits until it is gone.
 * @throws Error that names the finalizers that hold it, or hold what is in it
 */
export async function deleteObject(cluster: Cluster, object: Props, seconds = patienceSeconds): Promise<void> {
  await deleteWithin(cluster, object, { seconds, deadline: Date.now() + seconds * 1000, asksOthers: true });
}

/** The same for an object whose cluster is gone, and with it everybody whom a finalizer waits for. */
export async function removeObject(cluster: Cluster, object: Props): Promise<void> {
  const seconds = patienceSeconds;
  await deleteWithin(cluster, object, { seconds, deadline: Date.now() + seconds * 1000, asksOthers: false });
}

async function deleteWithin(cluster: Cluster, object: Props, patience: Patience): Promise<void> {
  // Before: a kind whose CRD is going answers late or not at all.
  if (text(object, "kind") === "CustomResourceDefinition") await emptyDefinition(cluster, object, patience);
  let live = await cluster.startDelete(object);
  for (;;) {
    // A new object of the same name is not ours to wait for.
    if (live === undefined || text(live, "metadata.deletionTimestamp") === undefined) return;
    const held = await finalize(cluster, live, patience);
    if (Date.now() > patience.deadline) {
      const what = `${text(live, "kind") ?? ""} ${objectId(live)}`;
      const holders = `Finalizers that hold it: ${held.join(", ")}`;
      throw new Error(`${what} was not gone after ${patience.seconds} seconds. ${holders}`);
    }
    await sleep(50);
    live = await cluster.read(object);
  }
}

/** Takes the finalizers away that Kubernetes set itself, or all where nobody is asked; returns those that are left. */
async function finalize(cluster: Cluster, live: Props, patience: Patience): Promise<string[]> {
  if (text(live, "kind") === "Namespace" && text(live, "apiVersion") === "v1") {
    await emptyNamespace(cluster, text(live, "metadata.name") ?? "", patience);
    await endNamespace(cluster, live);
  }
  const names = list(live, "metadata.finalizers").filter((name) => typeof name === "string");
  const others = patience.asksOthers ? names.filter((name) => !ownFinalizers.has(name)) : [];
  // The API server may take its own away, and the object with it, in the same moment.
  if (others.length < names.length) await cluster.mergeIfThere(live, { metadata: { finalizers: others } });
  return others;
}

/** Lets an empty namespace that is being deleted go, as the namespace controller does. */
export async function endNamespace(cluster: Cluster, live: Props): Promise<void> {
  await cluster.replace({ ...live, spec: { ...record(live, "spec"), finalizers: [] } }, "/finalize");
}

/** Whether objects of a kind can be found and deleted. */
export function isDeletable({ verbs }: Pick<ApiKind, "verbs">): boolean {
  return verbs.includes("list") && verbs.includes("delete");
}

/** Deletes everything in a namespace, as the namespace controller does. */
async function emptyNamespace(cluster: Cluster, namespace: string, patience: Patience): Promise<void> {
  const kinds = (await cluster.kinds()).filter((it) => it.namespaced && isDeletable(it));
  await Promise.all(
    kinds.map(async (kind) => {
      for (const object of await cluster.list(kind, namespace)) {
        if (isRecord(object["metadata"])) await deleteWithin(cluster, object, patience);
      }
    }),
  );
}

/** Deletes everything of the kind of a CRD, as the API server does: what stays behind would come back with the CRD. */
async function emptyDefinition(cluster: Cluster, object: Props, patience: Patience): Promise<void> {
  // Not read again where it is there: definitions are large.
  const crd = list(object, "spec.versions").length > 0 ? object : await cluster.read(object);
  const kind = crd === undefined ? undefined : await cluster.kind(servedType(crd));
  if (kind === undefined) return;
  for (const object of await cluster.list(kind)) await deleteWithin(cluster, object, patience);
}
