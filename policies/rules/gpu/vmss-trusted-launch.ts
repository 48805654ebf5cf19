import { absentOr, expectAt, oneOf } from "../../engine/expect";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { onSize, sizePath } from "../../engine/sizes";
import { types } from "../../engine/types";
import { read } from "../../../core/property-tree";
import { machineProfile, machineTypes } from "./machine-profile";

export const vmssTrustedLaunch: ResourceRule = {
  id: 34,
  name: "vmss-trusted-launch",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "A machine starts with trusted launch where its size has it, and without where it has none.",
  why: "Without it nobody can tell a changed boot loader from the real one; on a size without it Azure refuses the machine.",
  remedy: 'Set securityType: TrustedLaunch and uefiSettings.vTpmEnabled: true, or "Standard" where the size has none.',
  severity: "medium",
  levels: levels.mandatoryInProd,
  source: "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/trusted-launch.md",
  check: (resource) => {
    const profile = machineProfile(resource);
    if (sameType(resource.type, types.scaleSet) && read(resource.inputs, "virtualMachineProfile") === undefined)
      return [];
    const security = `${profile}securityProfile`;
    return onSize(resource.inputs, sizePath(resource.type), ({ name, trustedLaunch }) => {
      if (trustedLaunch === null) return [];
      const kind = `${security}.securityType`;
      return trustedLaunch
        ? [
            ...expectAt(resource.inputs, kind, oneOf("TrustedLaunch", "ConfidentialVM"), `be TrustedLaunch on ${name}`),
            ...expectAt(resource.inputs, `${security}.uefiSettings.vTpmEnabled`, oneOf(true), "be true"),
          ]
        : expectAt(
            resource.inputs,
            kind,
            absentOr(oneOf("Standard")),
            `be absent or Standard: ${name} has no trusted launch`,
          );
    });
  },
};
