import { about, isText, unjudged, violation } from "../../engine/expect";
import { belongsTo } from "../../engine/ownership";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npVersionOfCluster: StackRule = {
  id: 228,
  name: "np-version-of-cluster",
  area: "cluster",
  kind: "stack",
  types: [types.cluster, types.nodePool],
  title: "Every pool of a cluster, the one inside it as well, has the Kubernetes version of the cluster.",
  why: "An upgrade moves only what names the new version. Pools left behind get no fixes, and a few versions on they block the next upgrade.",
  remedy: "Raise orchestratorVersion of the pool to the version of the cluster, once the cluster has it.",
  severity: "medium",
  // A staged upgrade leaves pools behind for a while, and on purpose.
  levels: levels.advised,
  source: "Azure/AKS#3087; https://kubernetes.io/releases/version-skew-policy",
  check: (resources) => {
    const clusters = resources.filter(({ type }) => sameType(type, types.cluster));
    return clusters.flatMap((cluster) =>
      resources
        .filter(
          (it) => it === cluster || (sameType(it.type, types.nodePool) && belongsTo(it, cluster, clusters, "cluster")),
        )
        .flatMap((it) => checkPools(it, read(cluster.inputs, "kubernetesVersion"))),
    );
  },
};

/** A pool that names no version is not judged: a new one gets the cluster's, and what an old one has only Azure knows. */
function checkPools(resource: Subject, wanted: unknown): StackOutcome[] {
  return nodePools(resource).flatMap((pool) => {
    const path = `${pool}orchestratorVersion`;
    const given = read(resource.inputs, path);
    if (given === undefined || !isText(wanted)) return [];
    if (isUnknown(given) || isUnknown(wanted)) return about(resource, [unjudged(path)]);
    return agree(given, wanted)
      ? []
      : about(resource, [violation(path, given, `be ${wanted}, the version of the cluster`)]);
  });
}

/** Whether two versions say the same. Without a patch, Azure takes the newest one. */
function agree(given: unknown, wanted: string): boolean {
  if (!isText(given)) return false;
  const [one, other] = [given.split("."), wanted.split(".")];
  return one.slice(0, other.length).join(".") === other.slice(0, one.length).join(".");
}
