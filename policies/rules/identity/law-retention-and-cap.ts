import { expectAt, isCount, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";

export const lawRetentionAndCap: ResourceRule = {
  id: 156,
  name: "law-retention-and-cap",
  area: "identity",
  kind: "resource",
  types: ["azure-native:operationalinsights:Workspace"],
  title: "A log workspace says how long it keeps what, takes no keys and, outside of production, has a daily cap.",
  why: "Logs of a cluster in trouble can cost more than the cluster, and a key writes false evidence.",
  remedy: "Set retentionInDays, features.disableLocalAuth: true and workspaceCapping.dailyQuotaGb.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "PSRule Azure.Log.Replication (related)",
  check: ({ inputs }, { environment }) => [
    ...expectAt(inputs, "retentionInDays", (it) => isCount(it, 30, 730), "be from 30 to 730 days"),
    ...expectAt(inputs, "features.disableLocalAuth", oneOf(true), "be true"),
    ...(environment === "dev"
      ? expectAt(inputs, "workspaceCapping.dailyQuotaGb", (it) => typeof it === "number" && it > 0, "be above 0 in dev")
      : []),
  ],
};
