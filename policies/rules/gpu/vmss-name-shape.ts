import { absentOr, expectAt, isText, matches } from "../../engine/expect";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { machineTypes } from "./machine-profile";

export const vmssNameShape: ResourceRule = {
  id: 35,
  name: "vmss-name-shape",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "Names of scale sets, VMs and their computers have a form that Azure takes.",
  why: "Azure refuses a wrong one only when everything before it is made.",
  remedy:
    "Use letters, digits and inner hyphens, for Linux at most 64 characters for a set or a VM and 58 for computerNamePrefix.",
  severity: "low",
  levels: levels.always,
  source:
    "PSRule AZR-000261, AZR-000262; MicrosoftDocs/azure-docs:articles/azure-resource-manager/management/resource-name-rules.md",
  check: ({ type, inputs }) => {
    const [name, computer, most] = sameType(type, types.scaleSet)
      ? (["vmScaleSetName", "virtualMachineProfile.osProfile.computerNamePrefix", 58] as const)
      : (["vmName", "osProfile.computerName", 64] as const);
    return [
      ...expectAt(
        inputs,
        name,
        absentOr(matches(/^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9_])?$/i)),
        "be 1 to 64 letters, digits, dots, hyphens or underscores, with a letter or digit first",
      ),
      ...expectAt(
        inputs,
        computer,
        (it) => it === undefined || (isText(it) && it.length <= most && /^[a-z0-9][a-z0-9-]*$/i.test(it)),
        `be 1 to ${most} letters, digits or hyphens, with a letter or digit first`,
      ),
    ];
  },
};
