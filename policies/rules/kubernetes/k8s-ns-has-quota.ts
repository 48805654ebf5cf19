import { isGpuResource } from "../../../catalog/scheduling";
import { about } from "../../engine/expect";
import { objectsIn, tenantNamespaces, undecided } from "./namespaces";
import { keys } from "../../../core/property-tree";
import { levels, type Subject, type StackOutcome, type StackRule } from "../../engine/rule";
import { types } from "../../engine/types";

const hard = "spec.hard";

/** What a quota must limit, each by one of several keys. */
const wanted: readonly { readonly what: string; readonly fits: (key: string) => boolean }[] = [
  { what: "requests.cpu", fits: (key) => ["requests.cpu", "cpu"].includes(key) },
  { what: "requests.memory", fits: (key) => ["requests.memory", "memory", "limits.memory"].includes(key) },
  { what: "pods", fits: (key) => ["pods", "count/pods"].includes(key) },
  { what: "requests.storage", fits: (key) => ["requests.storage", "persistentvolumeclaims"].includes(key) },
  // Extended resources have no other form: Kubernetes refuses a quota without `requests.`.
  {
    what: "requests.<vendor>.com/gpu",
    fits: (key) => key.startsWith("requests.") && isGpuResource(key.slice("requests.".length)),
  },
];

export const k8sNsHasQuota: StackRule = {
  id: 194,
  name: "k8s-ns-has-quota",
  area: "kubernetes",
  kind: "stack",
  types: [types.namespace, types.resourceQuota],
  title: "Every namespace of a team has a quota for cores, memory, pods, storage and GPUs.",
  why: "One team can take every GPU of the cluster, and a runaway job every core.",
  remedy: "Add a ResourceQuota in the namespace with these keys in spec.hard.",
  severity: "high",
  levels: levels.always,
  source: "KSV-0040",
  check: (resources) => tenantNamespaces(resources).flatMap((it) => checkQuota(it, resources)),
};

function checkQuota(namespace: Subject, resources: readonly Subject[]): StackOutcome[] {
  const quotas = objectsIn(namespace, resources, types.resourceQuota);
  const limited = quotas.flatMap(({ inputs }) => keys(inputs, hard));
  const missing = wanted.filter(({ fits }) => !limited.some(fits)).map(({ what }) => what);
  if (missing.length === 0) return [];
  const open = undecided(resources, types.resourceQuota, quotas, hard);
  if (open.length > 0) return open;
  const is = `a namespace without a quota for ${missing.join(", ")}`;
  return about(namespace, [{ path: "metadata.name", is, must: "have one" }]);
}
