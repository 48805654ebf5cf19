import type { VirtualMachineScaleSetArgs } from "@pulumi/azure-native/compute/virtualMachineScaleSet";
import type { UserAssignedIdentityArgs } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import type { compute } from "@pulumi/azure-native/types/input";
import type { z } from "zod";
import { checkName } from "../../../azure/check-name";
import { limits } from "../../../catalog/limits";
import { checkOffer } from "../../../catalog/offer";
import type { Place } from "../../../catalog/place";
import type { VmSize } from "../../../catalog/vm-size";
import { findVmSize, vmSizes } from "../../../catalog/vm-sizes";
import { closestHint } from "../../../core/closest-names";
import { physicalName } from "../../../core/names";
import { MisconfiguredError, Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { checkPublicKeys } from "../public-keys";
import { cloudInit, healthEndpoint, scratchPath } from "./cloud-init";
import { gpuScaleSetShape, type GpuScaleSetShape } from "./shape";

/** A shape with its defaults. */
type Shape = z.output<typeof gpuScaleSetShape>;

/** A checked scale set: what to ask of Azure, and what it asks of the rest. */
export interface GpuScaleSetPlan extends NetworkUser {
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
  /** The one network interface of a node but for its address. */
  readonly networkInterface: Omit<compute.VirtualMachineScaleSetNetworkConfigurationArgs, "ipConfigurations">;
  /** The one address of that interface but for its subnet. */
  readonly ipConfiguration: Omit<compute.VirtualMachineScaleSetIPConfigurationArgs, "subnet">;
  /** Nodes that Azure support allows in one domain, `null` while nobody has said that it raised the limit. */
  readonly domainLimit: number | null;
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
  const size = findSize(shape.size, problems);
  if (size !== undefined) checkAgainstSize(shape, size, problems);
  checkOffer(size, shape.zone, place, problems);
  checkAccess(shape, problems);
  if (size === undefined || "because" in size.hpcImage) throw new MisconfiguredError(subject, problems.list);
  problems.throwIfAny(subject);

  const { adminUsername, nodes } = shape;
  const { publisher, offer, sku } = size.hpcImage;
  const infiniband = size.infiniband !== null;
  const scratch = shape.scratch ?? (scratchDisks(shape, size) > 0 ? "local-nvme" : "none");
  const customData = cloudInit({
    scratchPath: scratch === "local-nvme" ? scratchPath : null,
    gpus: size.gpu?.count ?? 0,
    gpuVendor: size.gpu?.vendor ?? null,
    infinibandPorts: size.infiniband?.hcas ?? 0,
    healthPort: healthEndpoint.port,
  });
  return {
    size,
    domainLimit: shape.domainLimit ?? null,
    infiniband,
    subnets: [{ role: "scaleSets", addresses: nodes, what: "scale-set nodes" }],
    identity: { location, resourceName },
    networkInterface: {
      name: "front-end",
      primary: true,
      enableAcceleratedNetworking: size.acceleratedNetworking,
      enableIPForwarding: false,
    },
    // No public address.
    ipConfiguration: { name: "front-end", primary: true },
    scaleSet: {
      location,
      vmScaleSetName,
      tags: { localData: "disposable", ...(infiniband && { ibDomain: name }) },
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
        osProfile: {
          computerNamePrefix: `${name}-`,
          adminUsername,
          customData: Buffer.from(customData).toString("base64"),
          linuxConfiguration: {
            disablePasswordAuthentication: true,
            provisionVMAgent: true,
            ssh: {
              publicKeys: shape.sshPublicKeys.map((keyData) => ({
                keyData,
                path: `/home/${adminUsername}/.ssh/authorized_keys`,
              })),
            },
          },
        },
        storageProfile: {
          imageReference: { publisher, offer, sku, version: shape.imageVersion },
          osDisk: {
            createOption: "FromImage",
            diskSizeGB: shape.osDiskGiB,
            ...(shape.osDisk === "ephemeral"
              ? {
                  caching: "ReadOnly",
                  diffDiskSettings: { option: "Local", placement: ephemeralPlacement(shape, size) },
                  managedDisk: { storageAccountType: "Standard_LRS" },
                }
              : { caching: "ReadWrite", managedDisk: { storageAccountType: "Premium_LRS" } }),
          },
        },
        securityProfile: {
          encryptionAtHost: true,
          // Secure Boot would refuse the unsigned fabric and GPU modules of the HPC image.
          ...(size.trustedLaunch === true && {
            securityType: "TrustedLaunch",
            uefiSettings: { secureBootEnabled: false, vTpmEnabled: true },
          }),
        },
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
            {
              name: "entra-login",
              publisher: "Microsoft.Azure.ActiveDirectory",
              type: "AADSSHLoginForLinux",
              typeHandlerVersion: "1.0",
              autoUpgradeMinorVersion: true,
            },
          ],
        },
      },
    },
  };
}

/** Where an ephemeral OS disk goes: beside the temporary disk if it fits there, else it takes a whole NVMe disk. */
function ephemeralPlacement({ osDiskGiB }: Shape, size: VmSize): "ResourceDisk" | "NvmeDisk" {
  return (size.tempDiskGiB ?? 0) >= osDiskGiB ? "ResourceDisk" : "NvmeDisk";
}

/**
 * Local NVMe disks that are left for scratch: all but the one that an ephemeral OS disk takes. The node finds them by
 * itself, since a disk with partitions is never striped.
 * Source: https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks-faq
 */
function scratchDisks(shape: Shape, size: VmSize): number {
  const taken = shape.osDisk === "ephemeral" && ephemeralPlacement(shape, size) === "NvmeDisk" ? 1 : 0;
  return (size.nvme?.disks ?? 0) - taken;
}

function findSize(name: string, problems: Problems): VmSize | undefined {
  const size = findVmSize(name);
  if (size !== undefined && size.category !== "general") return size;
  const names = [...vmSizes.values()].filter((it) => it.category !== "general").map((it) => it.name);
  problems.require(false, "size", "must be a GPU or HPC size of the catalogue (docs/sizes.md)", {
    got: name,
    remedy: closestHint(name, names, "CONTRIBUTING.md says how to add a size"),
  });
  return undefined;
}

function checkAgainstSize(shape: Shape, size: VmSize, problems: Problems): void {
  const { infiniband: ib, hpcImage, nvme } = size;
  const remedy = size.aks === null ? undefined : "Use an AKS pool (gpuPools)";
  problems.require(size.lifecycle.state !== "retired", "size", `is retired: ${size.lifecycle.note ?? ""}`, {
    got: size.name,
  });
  if (ib !== null && ib.rackNodes !== null) {
    problems.require(
      false,
      "size",
      `comes as a rack of ${ib.rackNodes} nodes, which a scale set can only claim through an interconnect block (Compute API 2026-03-01, newer than the pinned provider's)`,
      { got: size.name, remedy },
    );
    return;
  }
  if ("because" in hpcImage) {
    const rule = `has no HPC marketplace image with its driver: ${hpcImage.because}`;
    problems.require(false, "size", rule, { got: size.name, remedy });
  }
  const most = ib === null ? limits.scaleSetNodes.value : (shape.domainLimit ?? ib.maxDomainNodes);
  const why = ib === null ? "" : ": one InfiniBand domain is one scale set, and a larger one splits the fabric";
  problems.requireWhole("nodes", shape.nodes, [1, most], why);
  if (shape.domainLimit !== undefined) {
    const rule = `must be absent: ${size.name} has no InfiniBand`;
    if (ib === null) problems.require(false, "domainLimit", rule, { got: shape.domainLimit });
    else problems.requireWhole("domainLimit", shape.domainLimit, [ib.maxDomainNodes, ib.maxDomainNodesOnRequest]);
  }
  problems.require(
    shape.scratch !== "local-nvme" || scratchDisks(shape, size) > 0,
    "scratch",
    nvme === null
      ? `must be none: the catalogue knows no local NVMe disk of ${size.name}`
      : `must be none: the ephemeral OS disk takes the only local NVMe disk of ${size.name}`,
    { got: shape.scratch },
  );
  if (shape.osDisk === "ephemeral") {
    const nvmeGiB = nvme === null || nvme.totalGiB === null ? 0 : nvme.totalGiB / nvme.disks;
    problems.require(
      size.ephemeralOsDisk && Math.max(size.tempDiskGiB ?? 0, nvmeGiB) >= shape.osDiskGiB,
      "osDisk",
      `must be managed: ${size.name} has no local disk of ${shape.osDiskGiB} GiB for it`,
      { got: shape.osDisk },
    );
  }
}

function checkAccess({ imageVersion, sshPublicKeys, adminUsername }: Shape, problems: Problems): void {
  problems.require(
    /^\d+\.\d+\.\d+$/.test(imageVersion),
    "imageVersion",
    "must be an exact version such as 24.04.2026072901, never latest",
    { got: imageVersion, remedy: "az vm image list --all --publisher microsoft-dsvm --offer ubuntu-hpc" },
  );
  checkPublicKeys(sshPublicKeys, problems);
  problems.require(
    /^[a-z][a-z0-9-]{0,31}$/.test(adminUsername) && !["root", "admin", "administrator"].includes(adminUsername),
    "adminUsername",
    "must be 1 to 32 lowercase letters, digits or hyphens, and none of root, admin, administrator",
    { got: adminUsername },
  );
}
