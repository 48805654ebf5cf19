import { about, expectAt, oneOf } from "../../engine/expect";
import { levels, sameType, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { text } from "../../../core/property-tree";

export const aksMetrics: StackRule = {
  id: 73,
  name: "aks-metrics",
  area: "cluster",
  kind: "stack",
  types: [types.cluster, types.prometheusRules],
  title: "A cluster that alert rules watch sends the metrics that they read.",
  why: "A rule over metrics that nobody sends never fires, and looks as if all were well.",
  remedy: "Set azureMonitorProfile.metrics.enabled: true, or remove the rule groups where another Prometheus watches.",
  severity: "medium",
  levels: levels.mandatoryInProd,
  source: "PSRule AZR-000041",
  check: (resources) => {
    const groups = resources.filter(({ type }) => sameType(type, types.prometheusRules));
    return resources
      .filter(({ type }) => sameType(type, types.cluster))
      .filter((cluster) => groups.some((it) => watches(it, cluster)))
      .flatMap((cluster) =>
        about(cluster, expectAt(cluster.inputs, "azureMonitorProfile.metrics.enabled", oneOf(true), "be true")),
      );
  },
};

/** A group that names no cluster watches all that send to its workspace. */
function watches({ inputs }: Subject, cluster: Subject): boolean {
  const [wanted, own] = [text(inputs, "clusterName"), text(cluster.inputs, "resourceName")];
  return wanted === undefined || own === undefined || wanted.toLowerCase() === own.toLowerCase();
}
