import { annotations, gpuHealthTaint, labels } from "../../../../catalog/scheduling";
import { keys, list, number, read, text } from "../../../../core/property-tree";
import { isRecord } from "../../../../core/property-value";

/** What the last checks of a node came to, as its annotation says. */
export interface Report {
  readonly verdict: "pass" | "fail" | "no-evidence";
  /** Boot of the node that it is about. */
  readonly bootId: string;
  /** When it was written, in milliseconds of Unix time. */
  readonly at: number;
  readonly reasons: readonly string[];
  readonly physicalHost: string | null;
}

/** A node, as far as the controller looks at it. */
export interface NodeState {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly pool: string;
  readonly bootId: string;
  readonly ready: boolean;
  /** How many of each extended resource its device plugins hand out. */
  readonly devices: Readonly<Record<string, number>>;
  readonly taints: readonly Readonly<Record<string, unknown>>[];
  /** Whether it is closed until its checks pass. */
  readonly closed: boolean;
  /** Since when its checks are due, in milliseconds of Unix time. Null: they are not. */
  readonly dueSince: number | null;
  readonly report: Report | null;
  /** Since when its condition is as it is, and how it is. Null without one. */
  readonly condition: { readonly status: string; readonly since: string } | null;
}

/** Reads a node of the API. */
export function nodeState(node: unknown, conditionType: string): NodeState {
  const label = (key: string): string | undefined => text(node, `metadata.labels["${key}"]`);
  const taints = list(node, "spec.taints").filter(isRecord);
  const due = label(labels.healthCheck);
  const condition = (type: string): unknown => list(node, "status.conditions").find((it) => text(it, "type") === type);
  const own = condition(conditionType);
  return {
    name: text(node, "metadata.name") ?? "",
    uid: text(node, "metadata.uid") ?? "",
    resourceVersion: text(node, "metadata.resourceVersion") ?? "",
    pool: label(labels.pool) ?? "",
    bootId: text(node, "status.nodeInfo.bootID") ?? "",
    ready: text(condition("Ready"), "status") === "True",
    devices: Object.fromEntries(
      keys(node, "status.allocatable").map((key) => [key, number(node, `status.allocatable["${key}"]`)]),
    ),
    taints,
    closed: taints.some((it) => it["key"] === gpuHealthTaint.key),
    dueSince: due === undefined ? null : Number(due) * 1000,
    report: reportOf(text(node, `metadata.annotations["${annotations.gpuHealthReport}"]`)),
    condition:
      own === undefined ? null : { status: text(own, "status") ?? "", since: text(own, "lastTransitionTime") ?? "" },
  };
}

/** A report that somebody broke counts as none: the node is checked again. */
function reportOf(json: string | undefined): Report | null {
  if (json === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const verdict = (["pass", "fail", "no-evidence"] as const).find((it) => it === text(value, "verdict"));
  const [bootId, at] = [text(value, "bootId"), read(value, "at")];
  if (verdict === undefined || bootId === undefined || typeof at !== "number") return null;
  return {
    verdict,
    bootId,
    at,
    reasons: list(value, "reasons").filter((it) => typeof it === "string"),
    physicalHost: text(value, "physicalHost") ?? null,
  };
}
