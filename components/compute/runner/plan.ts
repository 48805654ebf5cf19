import type { VirtualMachineScaleSetArgs } from "@pulumi/azure-native/compute/virtualMachineScaleSet";
import type { UserAssignedIdentityArgs } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import type { compute } from "@pulumi/azure-native/types/input";
import { checkName } from "../../../azure/check-name";
import { checkOffer } from "../../../catalog/offer";
import type { Place } from "../../../catalog/place";
import { sizeTags } from "../../../catalog/size-tags";
import type { VmSize } from "../../../catalog/vm-size";
import { physicalName } from "../../../core/names";
import { MisconfiguredError, Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { type LinuxNode, linuxNode } from "../linux-node";
import { checkImageDay } from "../check-image-day";
import { findGeneralSize } from "../general-size";
import { checkPublicKeys } from "../public-keys";
import { cloudInit } from "./cloud-init";
import { runnerShape, type RunnerShape } from "./shape";

/** A checked runner: what to ask of Azure, and what it asks of the rest. */
export interface RunnerPlan extends NetworkUser, Pick<LinuxNode, "networkInterface" | "ipConfiguration"> {
  readonly size: VmSize;
  /** The whole identity but for the group and the tags. */
  readonly identity: Omit<UserAssignedIdentityArgs, "resourceGroupName" | "tags"> & { readonly resourceName: string };
  /** The whole scale set but for the group, the scope's tags, the identity's ID and the network interface. */
  readonly scaleSet: Omit<
    VirtualMachineScaleSetArgs,
    "resourceGroupName" | "tags" | "identity" | "virtualMachineProfile"
  > & {
    readonly vmScaleSetName: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly identity: compute.VirtualMachineScaleSetIdentityArgs;
    readonly virtualMachineProfile: compute.VirtualMachineScaleSetVMProfileArgs;
  };
}

/** Room for Ubuntu, the tools and a checkout with its packages. */
const osDiskGiB = 64;
const adminUsername = "azureuser";

/**
 * All decisions of the runner. A scale set of one machine: whatever happens to it, the next one is the same.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planRunner(name: string, given: RunnerShape, place: Place): RunnerPlan {
  const subject = `Runner '${name}'`;
  const shape = readShape(runnerShape, given, subject);
  const problems = new Problems();
  const { location, names } = place;
  const vmScaleSetName = physicalName("vmss", names, name);
  const resourceName = physicalName("id", names, name);
  checkName("compute:VirtualMachineScaleSet", vmScaleSetName, problems);
  checkName("managedidentity:UserAssignedIdentity", resourceName, problems);
  const size = findGeneralSize(shape.size, place.sizes, "size", problems);
  // The price lists of general sizes leave regions out: only the zone can be judged.
  checkOffer(undefined, shape.zone, place, problems);
  const exact = /^24\.04\.\d{9}$/.test(shape.imageVersion);
  problems.require(
    exact,
    "imageVersion",
    "must be an exact version of Ubuntu 24.04 such as 24.04.202609040, never latest",
    { got: shape.imageVersion, remedy: "az vm image list --all --publisher Canonical --offer ubuntu-24_04-lts" },
  );
  if (exact) checkImageDay(shape.imageVersion, place.today, problems);
  checkPublicKeys(shape.sshPublicKeys, problems);
  if (size === undefined) throw new MisconfiguredError(subject, problems.list);
  problems.throwIfAny(subject);

  const { osProfile, entraLogin, networkInterface, ipConfiguration } = linuxNode(
    name,
    { ...shape, adminUsername },
    size,
  );
  return {
    size,
    infiniband: false,
    subnets: [{ role: "runner", addresses: 1, what: "runners" }],
    identity: { location, resourceName },
    networkInterface,
    ipConfiguration,
    scaleSet: {
      location,
      vmScaleSetName,
      tags: sizeTags(size),
      // Ours for role grants; the extension for Entra logins works with a system-assigned one only.
      identity: { type: "SystemAssigned, UserAssigned" },
      sku: { name: size.name, tier: "Standard", capacity: 1 },
      orchestrationMode: "Uniform",
      singlePlacementGroup: true,
      overprovision: false,
      platformFaultDomainCount: 1,
      upgradePolicy: { mode: "Manual" },
      ...(shape.zone !== undefined && { zones: [shape.zone] }),
      virtualMachineProfile: {
        priority: "Regular",
        osProfile: { ...osProfile, customData: Buffer.from(cloudInit()).toString("base64") },
        storageProfile: {
          imageReference: {
            publisher: "Canonical",
            offer: "ubuntu-24_04-lts",
            sku: "server",
            version: shape.imageVersion,
          },
          osDisk: osDisk(size),
        },
        securityProfile: {
          encryptionAtHost: true,
          ...(size.trustedLaunch === true && {
            securityType: "TrustedLaunch",
            uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
          }),
        },
        extensionProfile: { extensions: [entraLogin] },
      },
    },
  };
}

/** Ephemeral where the temporary disk has room: nothing on a runner has to outlive it. */
function osDisk(size: VmSize): compute.VirtualMachineScaleSetOSDiskArgs {
  const common = { createOption: "FromImage", diskSizeGB: osDiskGiB } as const;
  return size.ephemeralOsDisk && (size.tempDiskGiB ?? 0) >= osDiskGiB
    ? {
        ...common,
        caching: "ReadOnly",
        diffDiskSettings: { option: "Local", placement: "ResourceDisk" },
        managedDisk: { storageAccountType: "Standard_LRS" },
      }
    : { ...common, caching: "ReadWrite", managedDisk: { storageAccountType: "Premium_LRS" } };
}
