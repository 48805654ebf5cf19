import { ApiClient } from "./api-client";
import { Cluster } from "./cluster";
import { clusterFile, readClusterFile } from "./cluster-file";
import { endNamespace, isDeletable, removeObject } from "./controllers";
import { list, text } from "../../core/property-tree";
import type { Props } from "../../core/property-value";
import { existsSync } from "node:fs";

/** Namespaces that the API server makes itself. */
const ownNamespaces = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);
const crds = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
/** Managers whose objects came with the simulated cluster's contents. */
const ourManagers = /^(pulumi-kubernetes|simulated-)/;

/**
 * Empties the simulated cluster: a new AKS cluster has nothing of an earlier one. Does nothing when no control plane runs.
 * @param folder simulator folder
 */
export async function wipeCluster(folder: string): Promise<void> {
  if (!existsSync(clusterFile(folder))) return;
  const cluster = new Cluster(ApiClient.of(readClusterFile(folder)));
  try {
    // Before what answers them: a webhook that nobody answers lets nothing change any more, not even its own controller's finalizers.
    for (const kind of ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]) {
      await deleteAll(cluster, { apiVersion: "admissionregistration.k8s.io/v1", kind }, () => true);
    }
    await endConversions(cluster);
    // Namespaces then, in them is most; CRDs next, with them go all objects of their kinds.
    await deleteNamespaces(cluster);
    const gone = new Set((await deleteAll(cluster, crds, () => true)).map((it) => text(it, "spec.group")));
    for (const kind of await cluster.kinds()) {
      // The server names the kinds of a CRD for a while after it is gone, and answers for none of them.
      if (gone.has(kind.apiVersion.split("/")[0])) continue;
      if (isDeletable(kind)) await deleteAll(cluster, kind, isOurs);
    }
  } finally {
    cluster.close();
  }
}

/** The same goes for webhooks that convert objects from one version to another: without an answer no object is even listed. */
async function endConversions(cluster: Cluster): Promise<void> {
  const kind = await cluster.kind(crds);
  if (kind === undefined) return;
  const byWebhook = (await cluster.list(kind)).filter((it) => text(it, "spec.conversion.strategy") === "Webhook");
  const change = { spec: { conversion: { strategy: "None", webhook: null } } };
  await Promise.all(byWebhook.map((it) => cluster.merge(it, change)));
}

/** Namespaces with all that is in them. Each kind is listed once for all of them: one by one these would be thousands of lists. */
async function deleteNamespaces(cluster: Cluster): Promise<void> {
  const kind = await cluster.kind({ apiVersion: "v1", kind: "Namespace" });
  if (kind === undefined) return;
  const namespaces = (await cluster.list(kind)).filter((it) => !ownNamespaces.has(nameOf(it)));
  const names = new Set(namespaces.map(nameOf));
  // From here on nothing new comes into them.
  await Promise.all(namespaces.map((it) => cluster.startDelete(it)));
  for (const inside of await cluster.kinds()) {
    if (!inside.namespaced || !isDeletable(inside)) continue;
    await deleteAll(cluster, inside, (it) => names.has(text(it, "metadata.namespace") ?? ""));
  }
  for (const it of await cluster.list(kind)) if (names.has(nameOf(it))) await endNamespace(cluster, it);
}

/** Objects that are deleted at the same time. */
const together = 16;

/** @returns what it deleted */
async function deleteAll(
  cluster: Cluster,
  type: { readonly apiVersion: string; readonly kind: string },
  wanted: (object: Props) => boolean,
): Promise<readonly Props[]> {
  const kind = await cluster.kind(type);
  if (kind === undefined) return [];
  const objects = (await cluster.list(kind)).filter(wanted);
  // Not all at once: for each CRD that goes, the API server writes down anew what it serves, and a request waits at most a minute.
  for (let at = 0; at < objects.length; at += together) {
    await Promise.all(objects.slice(at, at + together).map((object) => removeObject(cluster, object)));
  }
  return objects;
}

function nameOf(object: Props): string {
  return text(object, "metadata.name") ?? "";
}

function isOurs(object: Props): boolean {
  return list(object, "metadata.managedFields").some((entry) => ourManagers.test(text(entry, "manager") ?? ""));
}
