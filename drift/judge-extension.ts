import { parseArmId } from "../azure/arm-id";
import { lockLevels } from "../azure/unmanaged";
import { roles } from "../catalog/roles";
import { show } from "../core/problems";
import { text } from "../core/property-tree";
import type { Value } from "../core/property-value";
import type { DriftHarm } from "./judge-change";

/** What a role assignment or a lock that no stack made means. */
export interface JudgedExtension {
  readonly harm: DriftHarm;
  readonly means: string;
  /** ISO time at which it was made, and last written; null where Azure does not tell. */
  readonly created: string | null;
  readonly changed: string | null;
}

/** Judges what somebody hung on a group, or on a thing in it, past the program. */
export function judgeExtension(it: Value): JudgedExtension {
  const { arm = "", scope = "" } = parseArmId(text(it, "id") ?? "") ?? {};
  const on = parseArmId(scope)?.names.join("/") ?? scope;
  return arm.toLowerCase() === "microsoft.authorization/locks" ? ofLock(it, on) : ofGrant(it, on);
}

function ofGrant(it: Value, on: string): JudgedExtension {
  const definition = (text(it, "properties.roleDefinitionId") ?? "").split("/").at(-1) ?? "";
  const known = Object.entries(roles).find(([, { id }]) => id === definition.toLowerCase());
  const role = known === undefined ? `the role ${definition}` : `the role ${known[0]}`;
  const who = `${text(it, "properties.principalType") ?? "principal"} ${text(it, "properties.principalId") ?? ""}`;
  return {
    harm: "security",
    means: `${who} has ${role} on ${on}${known?.[1].privileged === true ? ", which is privileged" : ""}`,
    created: text(it, "properties.createdOn") ?? null,
    changed: text(it, "properties.updatedOn") ?? null,
  };
}

function ofLock(it: Value, on: string): JudgedExtension {
  const level = text(it, "properties.level") ?? "";
  const notes = text(it, "properties.notes") ?? "";
  const known = Object.hasOwn(lockLevels, level) ? lockLevels[level] : undefined;
  const { harm, means } = known ?? { harm: "unjudged", means: "Nobody has judged yet what a lock of this level does" };
  return {
    harm,
    means: `${known === undefined ? show(level) : level} on ${on}${notes === "" ? "" : ` (${show(notes)})`}: ${means}`,
    created: text(it, "systemData.createdAt") ?? null,
    changed: text(it, "systemData.lastModifiedAt") ?? null,
  };
}
