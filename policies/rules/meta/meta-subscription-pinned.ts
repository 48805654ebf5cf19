import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";

/** Subscription that the stack belongs to. @default `null`, any that is named */
const subscriptionId: Setting<string | null> = {
  name: "subscriptionId",
  schema: { type: "string", minLength: 1, description: "ID of the subscription that the stack belongs to." },
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
  settings: [subscriptionId],
  check: ({ inputs }, { settings }) => {
    const ours = settingOf(subscriptionId, settings);
    return expectAt(
      inputs,
      "subscriptionId",
      (it) => isText(it) && (ours === null ? it !== "" : it.toLowerCase() === ours.toLowerCase()),
      ours === null ? "be set" : "be the subscription of the policy configuration",
    );
  },
};
