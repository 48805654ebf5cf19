import { annotations, labels, podSecurityLabel } from "../catalog/scheduling";
import type { PlannedResource } from "../core/planned-resource";
import { text } from "../core/property-tree";
import { teamLevels } from "../stacks/config/teams";
import type { Noted } from "./notes";

/** Levels that a namespace enforces, the strictest first. */
const levels = ["restricted", "baseline", "privileged"];

/**
 * Teams whose pods may do more than those of their kind usually may. Nothing is wrong with that, and whoever reviews the
 * environment should see it, and why.
 */
export function podSecurityNotes({ resources }: Pick<Noted, "resources">): string[] {
  return resources.flatMap((it) => {
    const row = teamLevels.find(({ kind }) => kind === label(it, labels.workload));
    return it.type !== "kubernetes:core/v1:Namespace" || row === undefined ? [] : noteOf(it, row);
  });
}

function noteOf(
  namespace: PlannedResource,
  { kind, section, podSecurity: usual }: (typeof teamLevels)[number],
): string[] {
  const enforced = label(namespace, podSecurityLabel("enforce")) ?? "";
  if (levels.indexOf(enforced) <= levels.indexOf(usual)) return [];
  const path = `${section}.${label(namespace, labels.tenant) ?? ""}`;
  const than = `weaker than ${usual}, the level of ${kind} teams`;
  if (enforced === "privileged") {
    return [
      `${path}: pods may run as root and add IPC_LOCK, ${than}, because memlock of pool ${label(namespace, labels.pool) ?? ""} is ipc-lock; the fence holds them to the rest of baseline`,
    ];
  }
  const reason = text(namespace.inputs, `metadata.annotations["${annotations.podSecurityReason}"]`);
  return [
    `${path}.podSecurity: is ${enforced}, ${than}: pods may run as root. ${
      reason === undefined ? "No reason is given: write { level, reason }" : `Reason: ${reason}`
    }`,
  ];
}

function label({ inputs }: PlannedResource, key: string): string | undefined {
  return text(inputs, `metadata.labels["${key}"]`);
}
