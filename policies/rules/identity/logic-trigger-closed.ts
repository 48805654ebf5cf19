import { expectAt, isText, matches, unjudged, violation } from "../../engine/expect";
import { keys, locate, read } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, type ResourceRule } from "../../engine/rule";

/** Kinds of triggers that have an address. */
const startsByCall = matches(/^(request|httpwebhook)$/i);

export const logicTriggerClosed: ResourceRule = {
  id: 260,
  name: "logic-trigger-closed",
  area: "identity",
  kind: "resource",
  types: ["azure-native:logic:Workflow"],
  title: "A workflow that starts by a web request names who may call it.",
  why: "The address holds a signature that never ends: whoever sees it in a log starts the workflow, with the rights of its identity.",
  remedy:
    "Set accessControl.triggers.allowedCallerIpAddresses to ranges of your network, or openAuthenticationPolicies to callers of Entra ID.",
  severity: "high",
  levels: levels.always,
  source: "https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app",
  check: ({ inputs }) => {
    const definition = read(inputs, "definition");
    if (isUnknown(definition)) return [unjudged("definition")];
    const open = keys(inputs, "definition.triggers").some((name) =>
      startsByCall(read(inputs, ["definition", "triggers", name, "type"])),
    );
    if (!open) return [];
    const at = "accessControl.triggers";
    if (keys(inputs, `${at}.openAuthenticationPolicies.policies`).length > 0) return [];
    const path = `${at}.allowedCallerIpAddresses`;
    const ranges = locate(inputs, `${path}[].addressRange`);
    if (ranges.length === 0) return [violation(path, undefined, "name callers, or openAuthenticationPolicies must")];
    return expectAt(
      inputs,
      `${path}[].addressRange`,
      (it) => isText(it) && it !== "" && !/\/0$|^\*$|^0\.0\.0\.0-255/.test(it),
      "not be all addresses",
    );
  },
};
