import { annotations, gpuHealthTaint, labels, maintenanceTaint } from "../../../../catalog/scheduling";
import { keys, list, number, read, text } from "../../../../core/property-tree";
import { isRecord } from "../../../../core/property-value";
import type { Check } from "./check";
import { type Maintenance, maintenanceOf } from "./maintenance";

/** What a check measured, and what it was compared with. */
export type CheckValue = Pick<Check, "name" | "measured" | "bound" | "limit" | "unit">;

/** What the last checks of a node came to, as its annotation says. */
export interface Report {
  readonly verdict: "pass" | "fail" | "no-evidence";
  /** Boot of the node that it is about. */
  readonly bootId: string;
  /** When it was written, in milliseconds of Unix time. */
  readonly at: number;
  readonly reasons: readonly string[];
  readonly physicalHost: string | null;
  readonly checks: readonly CheckValue[];
  /** Whether its own checks have passed, and tests with other nodes are to come. */
  readonly awaitsPair: boolean;
  /** What was done to the node last because it failed, and when. Null: nothing. */
  readonly remedy: { readonly action: "close" | "drain"; readonly at: number } | null;
  /** Event of Azure that was heeded, by its name. Null: none is ahead. */
  readonly maintenance: string | null;
}

/** A node, as far as the controller looks at it. */
export interface NodeState {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly pool: string;
  /** AKS pool that its machine belongs to. Source: MicrosoftDocs/azure-aks-docs:articles/aks/use-labels.md (2024-06-10, reserved labels) */
  readonly nodePool: string;
  readonly bootId: string;
  readonly ready: boolean;
  /** How many of each extended resource its device plugins hand out. */
  readonly devices: Readonly<Record<string, number>>;
  readonly taints: readonly Readonly<Record<string, unknown>>[];
  /** Whether it takes no new pods, until its checks pass or Azure's maintenance is over. */
  readonly closed: boolean;
  /** Whether that is for maintenance alone. */
  readonly held: boolean;
  /** What Azure will do to its VM, null for nothing. */
  readonly maintenance: Maintenance | null;
  /** InfiniBand domain, empty without one. */
  readonly domain: string;
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
  const closed = taints.find((it) => it["key"] === gpuHealthTaint.key);
  return {
    name: text(node, "metadata.name") ?? "",
    uid: text(node, "metadata.uid") ?? "",
    resourceVersion: text(node, "metadata.resourceVersion") ?? "",
    pool: label(labels.pool) ?? "",
    nodePool: label("kubernetes.azure.com/agentpool") ?? "",
    bootId: text(node, "status.nodeInfo.bootID") ?? "",
    ready: text(condition("Ready"), "status") === "True",
    devices: Object.fromEntries(
      keys(node, "status.allocatable").map((key) => [key, number(node, `status.allocatable["${key}"]`)]),
    ),
    taints,
    closed: closed !== undefined,
    held: closed?.["value"] === maintenanceTaint.value,
    maintenance: maintenanceOf(list(node, "status.conditions")),
    domain: label(labels.infinibandDomain) ?? "",
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
  const action = (["close", "drain"] as const).find((it) => it === text(value, "remedy.action"));
  const [bootId, at] = [text(value, "bootId"), read(value, "at")];
  if (verdict === undefined || bootId === undefined || typeof at !== "number") return null;
  return {
    verdict,
    bootId,
    at,
    reasons: list(value, "reasons").filter((it) => typeof it === "string"),
    physicalHost: text(value, "physicalHost") ?? null,
    checks: list(value, "checks").flatMap(checkValue),
    awaitsPair: read(value, "awaitsPair") === true,
    remedy: action === undefined ? null : { action, at: number(value, "remedy.at") },
    maintenance: text(value, "maintenance") ?? null,
  };
}

function checkValue(value: unknown): CheckValue[] {
  const [name, unit, measured] = [text(value, "name"), text(value, "unit"), read(value, "measured")];
  const bound = (["exactly", "at least", "at most"] as const).find((it) => it === text(value, "bound"));
  if (name === undefined || unit === undefined || bound === undefined) return [];
  const limit = number(value, "limit");
  return [{ name, measured: typeof measured === "number" ? measured : null, bound, limit, unit }];
}
