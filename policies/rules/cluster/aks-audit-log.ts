import { about, isText, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { items, locate, read, text } from "../../../core/property-tree";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";

/** Categories and groups of categories that hold every change in Kubernetes. */
const audit = ["kube-audit", "kube-audit-admin", "audit", "allLogs"];

export const aksAuditLog: StackRule = {
  id: 230,
  name: "aks-audit-log",
  area: "cluster",
  kind: "stack",
  types: [types.cluster, types.diagnosticSetting],
  title: "The audit log of a cluster goes where it is kept.",
  why: "AKS keeps none by itself: after an incident nobody can say who did what in Kubernetes.",
  remedy: "Add a DiagnosticSetting on the cluster with the category kube-audit-admin, and guard for logins.",
  severity: "medium",
  levels: levels.advisedOutsideDev,
  source: "PSRule Azure.AKS.AuditLogs; CIS AKS 2.1.1; CKV_AZURE_4",
  check: (resources) => {
    const settings = resources.filter(({ type }) => sameType(type, types.diagnosticSetting));
    return resources
      .filter(({ type }) => sameType(type, types.cluster))
      .flatMap((cluster) => checkCluster(cluster, settings));
  },
};

function checkCluster(cluster: Subject, settings: readonly Subject[]): StackOutcome[] {
  const own = settings.filter((it) => mayBeOf(cluster, read(it.inputs, "resourceUri")));
  if (own.some(keepsAudit)) return [];
  const vague = own.find(({ inputs }) =>
    [...locate(inputs, "logs[].category"), ...locate(inputs, "logs[].enabled")].some(({ value }) => isUnknown(value)),
  );
  if (vague !== undefined) return about(vague, [unjudged("logs")]);
  return about(cluster, [{ path: "id", is: "a cluster without a setting that keeps its audit log", must: "have one" }]);
}

/** Whether a setting hangs on a cluster. An ID that is not known yet may be that of the cluster. */
function mayBeOf({ inputs }: Subject, uri: unknown): boolean {
  if (isUnknown(uri)) return true;
  const [, name] = isText(uri) ? (/\/managedClusters\/([^/]+)$/i.exec(uri) ?? []) : [];
  const given = text(inputs, "resourceName");
  return name !== undefined && (given === undefined || given.toLowerCase() === name.toLowerCase());
}

function keepsAudit({ inputs }: Subject): boolean {
  return items(inputs, "logs").some(
    ({ value }) =>
      read(value, "enabled") === true &&
      audit.some((it) => it === read(value, "category") || it === read(value, "categoryGroup")),
  );
}
