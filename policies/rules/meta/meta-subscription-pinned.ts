import { expectAt, isText } from "../../engine/expect";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";

/** Subscription that the stack belongs to. @default `null`, any that is named */
const subscriptionId: Setting<string | null> = {
  name: "subscriptionId",
  schema: { type: "string", minLength: 1, description: "ID of the subscription that the stack belongs to." },
  default: null,
  accepts: (given): given is string => isText(given) && given !== "",
};

/** Tenant of Entra ID that the stack belongs to. @default `null`, any */
const tenantId: Setting<string | null> = {
  name: "tenantId",
  schema: { type: "string", minLength: 1, description: "ID of the tenant of Entra ID that the stack belongs to." },
  default: null,
  accepts: (given): given is string => isText(given) && given !== "",
};

export const metaSubscriptionPinned: ResourceRule = {
  id: 221,
  name: "meta-subscription-pinned",
  area: "meta",
  kind: "resource",
  types: ["pulumi:providers:azure-native"],
  title: "The Azure provider names its subscription.",
  why: "It takes the one of whoever is signed in otherwise, and builds production in a sandbox, or the other way round.",
  remedy: "Run pulumi config set azure-native:subscriptionId, or set subscriptionId on the provider.",
  severity: "critical",
  levels: levels.advisoryInDev,
  source: "ours",
  settings: [subscriptionId, tenantId],
  check: ({ inputs }, { settings }) => [
    ...expectId(inputs, "subscriptionId", settingOf(subscriptionId, settings), "required"),
    ...expectId(inputs, "tenantId", settingOf(tenantId, settings)),
  ],
};

/** Without an ID to compare with, one of whatever must be there where it is required. */
function expectId(inputs: unknown, path: string, ours: string | null, required?: "required"): readonly Outcome[] {
  if (ours === null && required === undefined) return [];
  return expectAt(
    inputs,
    path,
    (it) => isText(it) && (ours === null ? it !== "" : it.toLowerCase() === ours.toLowerCase()),
    ours === null ? "be set" : "be that of the policy configuration",
  );
}
