import { isRecord } from "../../../core/property-value";
import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { podHolders } from "./pods";

/** Logical names of resources that change objects of others, and why. @default none */
const allowedPatches: Setting<Readonly<Record<string, string>>> = {
  name: "allowedPatches",
  schema: {
    type: "object",
    additionalProperties: { type: "string", minLength: 1 },
    description: "Why a resource may change an object that somebody else made, by the logical name of the resource.",
  },
  default: {},
  accepts: (given): given is Readonly<Record<string, string>> =>
    isRecord(given) && Object.values(given).every((it) => isText(it) && it !== ""),
};

const force = 'metadata.annotations["pulumi.com/patchForce"]';

export const k8sPatchAnnotated: ResourceRule = {
  id: 217,
  name: "k8s-patch-annotated",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "Nothing changes an object that somebody else made, or takes a field from another owner, without a reason.",
  why: "Two owners of one field undo each other's work at every update, and nobody sees it in a plan.",
  remedy:
    "Make the object yourself, or ask its owner for the field. Else give the resource a reason in allowedPatches.",
  severity: "low",
  levels: levels.advisoryInDev,
  source:
    "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/",
  settings: [allowedPatches],
  check: ({ type, name, inputs }, { settings }) => {
    if (Object.hasOwn(settingOf(allowedPatches, settings), name)) return [];
    const must = "have a reason in allowedPatches";
    return [
      ...(/[a-z]Patch$/.test(type) ? [{ path: "type", is: type, must }] : []),
      ...expectAt(inputs, force, (it) => it !== true && it !== "true", must),
    ];
  },
};
