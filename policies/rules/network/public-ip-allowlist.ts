import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { settingOf, type Setting } from "../../engine/setting";
import { isList } from "../../../core/property-value";

/** What a public address may be for, as its tag `purpose` says. @default the ways in and out that have a guard */
const publicAddressPurposes: Setting<readonly string[]> = {
  name: "publicAddressPurposes",
  schema: {
    type: "array",
    items: { type: "string" },
    description: "What a public address may be for, as its tag purpose says.",
  },
  default: ["nat", "firewall", "bastion", "gateway"],
  accepts: (given): given is readonly string[] => isList(given) && given.every(isText),
};

export const publicIpAllowlist: ResourceRule = {
  id: 114,
  name: "public-ip-allowlist",
  area: "network",
  kind: "resource",
  types: [types.publicAddress, types.publicPrefix],
  title: "Every public address says what it is for, and that is one of the purposes that were decided.",
  why: "Each one is a door: who finds one without a purpose cannot tell whether somebody needs it.",
  remedy: "Set the tag purpose to one of publicAddressPurposes of this rule, or remove the address.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "ours; related to Azure Policy 83a86a26",
  settings: [publicAddressPurposes],
  check: ({ inputs }, { settings }) => {
    const purposes = settingOf(publicAddressPurposes, settings);
    const listed = (it: unknown): boolean => isText(it) && purposes.includes(it);
    return expectAt(inputs, "tags.purpose", listed, `be one of publicAddressPurposes: ${purposes.join(", ")}`);
  },
};
