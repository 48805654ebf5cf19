import type { VirtualMachineScaleSetArgs } from "@pulumi/azure-native/compute/virtualMachineScaleSet";
import type { UserAssignedIdentityArgs } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import type { compute } from "@pulumi/azure-native/types/input";
import { checkDiskEncryptionSet } from "../../../azure/check-disk-encryption-set";
import { checkName } from "../../../azure/check-name";
import { limits } from "../../../catalog/limits";
import { checkOffer } from "../../../catalog/offer";
import type { Place } from "../../../catalog/place";
import { infinibandDomainTag } from "../../../catalog/scheduling";
import { sizeTags } from "../../../catalog/size-tags";
import type { VmSize } from "../../../catalog/vm-size";
import { physicalName } from "../../../core/names";
import { MisconfiguredError, Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { type LinuxNode, linuxNode } from "../linux-node";
import { securityType } from "../security-type";
import { planSlurm, type SlurmPlan } from "../slurm/plan";
import { checkAccess, checkAgainstSize, checkImage, findSize } from "./check-shape";
import { healthEndpoint, scratchPath } from "./cloud-init";
import { ephemeralPlacement, scratchDisks } from "./local-disks";
import { planImage } from "./image";
import { checkNodeSettings, hugePagesGiB, nodeSettingsOf } from "./node-settings";
import type { NodeSetup } from "./node-setup";
import { gpuScaleSetShape, type GpuScaleSetShape, type ReadShape } from "./shape";

/** A checked scale set: what to ask of Azure, and what it asks of the rest. */
export interface GpuScaleSetPlan extends NetworkUser, Omit<LinuxNode, "entraLogin"> {
  readonly size: VmSize;
  /** The whole identity but for the group and the tags. */
  readonly identity: Omit<UserAssignedIdentityArgs, "resourceGroupName" | "tags"> & { readonly resourceName: string };
  /** What the first boot of a node sets up, but for Lustre. */
  readonly nodeSetup: NodeSetup;
  /** The whole scale set but for the group, the scope's tags, the identity's ID, the login and the network interface. */
  readonly scaleSet: Omit<
    VirtualMachineScaleSetArgs,
    "resourceGroupName" | "tags" | "identity" | "virtualMachineProfile"
  > & {
    readonly vmScaleSetName: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly identity: compute.VirtualMachineScaleSetIdentityArgs;
    readonly virtualMachineProfile: compute.VirtualMachineScaleSetVMProfileArgs;
  };
  /** Nodes that Azure support allows in one domain, `null` while nobody has said that it raised the limit. */
  readonly domainLimit: number | null;
  /** The image of the environment's own that nodes and head boot, `null` for another one. */
  readonly ownImage: { readonly name: string; readonly version: string } | null;
  /** The cluster of Slurm that the nodes join, `null` for none. */
  readonly slurm: SlurmPlan | null;
}

/**
 * All decisions of one scale set. With InfiniBand it is one InfiniBand domain.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planGpuScaleSet(name: string, given: GpuScaleSetShape, place: Place): GpuScaleSetPlan {
  const subject = `GPU scale set '${name}'`;
  const shape = readShape(gpuScaleSetShape, given, subject);
  const problems = new Problems();
  problems.require(limits.scaleSetName.pattern.test(name), "name", limits.scaleSetName.rule, { got: name });
  const { location, names } = place;
  const vmScaleSetName = physicalName("vmss", names, name);
  const resourceName = physicalName("id", names, `vmss-${name}`);
  checkName("compute:VirtualMachineScaleSet", vmScaleSetName, problems);
  checkName("managedidentity:UserAssignedIdentity", resourceName, problems);
  const size = findSize(shape.size, place.sizes, problems);
  if (size !== undefined) checkAgainstSize(shape, size, problems);
  checkImage(shape, size, place.today, problems);
  checkOffer(size, shape.zone, place, problems);
  checkAccess(shape, problems);
  checkNodeSettings(shape, size, problems);
  checkDiskEncryptionSet(shape.diskEncryptionSetResourceId, problems);
  const boot = planImage(shape, size, problems);
  if (size === undefined || boot === undefined) throw new MisconfiguredError(subject, problems.list);
  // The ID of an image of ours is filled in as it is made.
  const image = "reference" in boot ? boot.reference : {};
  const slurm =
    shape.slurm &&
    planSlurm(name, shape.slurm, { ...shape, size, image, hugePagesGiB: hugePagesGiB(shape) }, place, problems);
  problems.throwIfAny(subject);

  const { nodes } = shape;
  const settings = nodeSettingsOf(shape);
  const { entraLogin, ...node } = linuxNode(name, shape, size);
  const infiniband = size.infiniband !== null;
  const scratch = shape.scratch ?? (scratchDisks(shape, size) > 0 ? "local-nvme" : "none");
  return {
    size,
    nodeSetup: {
      namePrefix: `${name}-`,
      scratchPath: scratch === "local-nvme" ? scratchPath : null,
      gpus: size.gpu?.count ?? 0,
      gpuVendor: size.gpu?.vendor ?? null,
      infinibandPorts: size.infiniband?.hcas ?? 0,
      healthPort: healthEndpoint.port,
      environment: size.nccl?.vm ?? {},
      ...(settings !== null && { settings }),
    },
    domainLimit: shape.domainLimit ?? null,
    ownImage: "own" in boot ? boot.own : null,
    infiniband,
    slurm: slurm ?? null,
    // The head stands among its nodes: whoever may reach them may reach it.
    subnets: [{ role: "scaleSets", addresses: nodes + (slurm === undefined ? 0 : 1), what: "scale-set nodes" }],
    identity: { location, resourceName },
    ...node,
    scaleSet: {
      location,
      vmScaleSetName,
      tags: { localData: "disposable", ...(infiniband && { [infinibandDomainTag]: name }), ...sizeTags(size) },
      // Ours for role grants; the extension for Entra logins works with a system-assigned one only.
      identity: { type: "SystemAssigned, UserAssigned" },
      sku: { name: size.name, tier: "Standard", capacity: nodes },
      orchestrationMode: "Uniform",
      // One placement group is one fabric. It can be taken away later, never given.
      singlePlacementGroup: infiniband,
      overprovision: false,
      // 1 lets Azure place freely inside the fabric; the regional default of 5 forces a spread.
      platformFaultDomainCount: 1,
      upgradePolicy: { mode: "Manual" },
      ...(shape.zone !== undefined && { zones: [shape.zone] }),
      virtualMachineProfile: {
        priority: "Regular",
        storageProfile: {
          imageReference: image,
          osDisk: {
            createOption: "FromImage",
            diskSizeGB: shape.osDiskGiB,
            ...(shape.osDisk === "ephemeral"
              ? {
                  caching: "ReadOnly",
                  diffDiskSettings: { option: "Local", placement: ephemeralPlacement(shape, size) },
                  managedDisk: { storageAccountType: "Standard_LRS", ...keyOf(shape) },
                }
              : { caching: "ReadWrite", managedDisk: { storageAccountType: "Premium_LRS", ...keyOf(shape) } }),
          },
        },
        securityProfile: { encryptionAtHost: true, ...securityType(shape.securityType, size) },
        scheduledEventsProfile: { terminateNotificationProfile: { enable: true, notBeforeTimeout: "PT15M" } },
        extensionProfile: {
          extensions: [
            {
              name: "health",
              publisher: "Microsoft.ManagedServices",
              type: "ApplicationHealthLinux",
              typeHandlerVersion: "1.0",
              autoUpgradeMinorVersion: true,
              settings: {
                protocol: "http",
                port: healthEndpoint.port,
                requestPath: healthEndpoint.path,
                intervalInSeconds: 30,
                numberOfProbes: 3,
              },
            },
            entraLogin,
          ],
        },
      },
    },
  };
}

function keyOf({
  diskEncryptionSetResourceId: id,
}: ReadShape): compute.VirtualMachineScaleSetManagedDiskParametersArgs {
  return id === undefined ? {} : { diskEncryptionSet: { id } };
}
