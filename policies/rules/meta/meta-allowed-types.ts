import { plainToken } from "../../../azure/arm-types";
import { isText, violation } from "../../engine/expect";
import { levels, everyType, sameType, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { isList } from "../../../core/property-value";

/** Types that a program may register: tokens, or all of a package (`package:*`). @default what rules or no rules are about */
const allowedTypes: Setting<readonly string[]> = {
  name: "allowedTypes",
  schema: {
    type: "array",
    items: { type: "string", minLength: 1 },
    description:
      "Types that a program may register: tokens such as azuread:index/group:Group, or all of a package as PACKAGE:*.",
  },
  default: [
    "azure-native:*",
    "kubernetes:*",
    "pulumi:*",
    "azure-gpu-cluster:*",
    "azuread:*",
    "random:*",
    "tls:*",
    "time:*",
    "pulumi-nodejs:*",
    "command:*",
  ],
  accepts: (given): given is readonly string[] => isList(given) && given.every((it) => isText(it) && it !== ""),
};

export const metaAllowedTypes: ResourceRule = {
  id: 218,
  name: "meta-allowed-types",
  area: "meta",
  kind: "resource",
  types: everyType,
  title: "Every resource is of a package that these rules know.",
  why: "What another package makes, such as the older Azure provider, is the same thing in Azure, and no rule here sees it.",
  remedy:
    "Use the type of azure-native or kubernetes, or add the package or type to allowedTypes after reading what it makes.",
  severity: "critical",
  levels: levels.advisoryInDev,
  source: "ours",
  settings: [allowedTypes],
  check: ({ type, urn }, { settings }) => {
    // A component of a program is of its project, and makes nothing by itself.
    if (type.startsWith(`${projectOf(urn)}:`) || !type.includes(":")) return [];
    const allowed = settingOf(allowedTypes, settings);
    return allowed.some((it) => (it.endsWith(":*") ? plainToken(type).startsWith(it.slice(0, -1)) : sameType(it, type)))
      ? []
      : [violation("type", type, `be one of ${allowed.join(", ")}`)];
  },
};

/** Project of the program that registers a resource. */
function projectOf(urn: string): string {
  return urn.split("::")[1] ?? "";
}
