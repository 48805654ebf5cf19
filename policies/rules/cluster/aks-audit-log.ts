import { about, isText, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { items, locate, read, text } from "../../../core/property-tree";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";

/** Categories and groups of categories that hold every change in Kubernetes. */
const audit = ["kube-audit", "kube-audit-admin", "audit", "allLogs"];

/** Those that hold every login that Entra let in or turned away. */
const logins = ["guard", "audit", "allLogs"];

/** Where a setting may send what it collects. */
const places = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId"];

export const aksAuditLog: StackRule = {
  id: 230,
  name: "aks-audit-log",
  area: "cluster",
  kind: "stack",
  types: [types.cluster, types.diagnosticSetting],
  title: "The audit log of a cluster, and that of its logins, go where they are kept.",
  why: "AKS keeps none by itself: after an incident nobody can say who did what in Kubernetes.",
  remedy: "Add a DiagnosticSetting on the cluster with the categories kube-audit-admin and guard, to a workspace.",
  severity: "high",
  levels: levels.rising,
  source: "PSRule Azure.AKS.AuditLogs; CIS AKS 2.1.1; CKV_AZURE_4",
  check: (resources) => {
    const settings = resources.filter(({ type }) => sameType(type, types.diagnosticSetting));
    return resources
      .filter(({ type }) => sameType(type, types.cluster))
      .flatMap((cluster) => checkCluster(cluster, settings));
  },
};

function checkCluster(cluster: Subject, settings: readonly Subject[]): StackOutcome[] {
  const own = settings.filter((it) => mayBeOf(cluster, it) && isKept(it));
  const missing = [
    ...(own.some((it) => keeps(it, audit)) ? [] : ["its audit log"]),
    ...(own.some((it) => keeps(it, logins)) ? [] : ["its logins (guard)"]),
  ];
  if (missing.length === 0) return [];
  const vague = own.find(({ inputs }) =>
    [...locate(inputs, "logs[].category"), ...locate(inputs, "logs[].enabled")].some(({ value }) => isUnknown(value)),
  );
  if (vague !== undefined) return about(vague, [unjudged("logs")]);
  const is = `a cluster without a setting that keeps ${missing.join(" and ")}`;
  return about(cluster, [{ path: "id", is, must: "have one" }]);
}

/** Whether a setting names a place. An ID that is not known yet is one. */
function isKept({ inputs }: Subject): boolean {
  return places.some((it) => {
    const place = read(inputs, it);
    return place !== undefined && place !== "";
  });
}

/** Whether a setting hangs on a cluster. An ID that is not known yet is that of what it comes of. */
function mayBeOf({ urn, inputs }: Subject, setting: Subject): boolean {
  const uri = read(setting.inputs, "resourceUri");
  if (isUnknown(uri)) return setting.propertyDependencies?.["resourceUri"]?.includes(urn) ?? true;
  const [, name] = isText(uri) ? (/\/managedClusters\/([^/]+)$/i.exec(uri) ?? []) : [];
  const given = text(inputs, "resourceName");
  return name !== undefined && (given === undefined || given.toLowerCase() === name.toLowerCase());
}

function keeps({ inputs }: Subject, categories: readonly string[]): boolean {
  return items(inputs, "logs").some(
    ({ value }) =>
      read(value, "enabled") === true &&
      categories.some((it) => it === read(value, "category") || it === read(value, "categoryGroup")),
  );
}
