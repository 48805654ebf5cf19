import type { VirtualMachineScaleSetArgs } from "@pulumi/azure-native/compute/virtualMachineScaleSet";
import type { compute } from "@pulumi/azure-native/types/input";
import { limits } from "../../catalog/limits";
import type { VmSize } from "../../catalog/vm-size";
import { closestHint } from "../../core/closest-names";
import { findVmSize, vmSizes } from "../../catalog/vm-sizes";
import { Problems } from "../../core/problems";
import { cloudInit, healthEndpoint, scratchPath } from "./cloud-init";

/** What decides how a scale set without Kubernetes looks: plain values, no wiring. */
export interface GpuScaleSetShape {
  /** Azure VM size, with GPUs or InfiniBand. Changing it replaces the scale set. */
  readonly size: string;
  /** Nodes, fixed. With InfiniBand at most 100, or `domainLimit`. */
  readonly nodes: number;
  /** Exact version of the HPC marketplace image. `latest` would change kernel, fabric and GPU driver in one night. */
  readonly imageVersion: string;
  /** Public SSH keys of the administrator. Never a private key. */
  readonly sshPublicKeys: readonly string[];
  /** Changing it replaces the scale set. @default `azureuser` */
  readonly adminUsername?: string;
  /**
   * `managed` survives a reallocation; `ephemeral` reimages faster and narrows placement. Changing it replaces the scale
   * set.
   * @default `managed`
   */
  readonly osDisk?: "managed" | "ephemeral";
  /** OS disk in GiB. @default 256 */
  readonly osDiskGiB?: number;
  /**
   * `local-nvme` stripes the local disks; their data is lost with the node. An ephemeral OS disk that is too large for the
   * temporary disk takes one of them.
   * @default `local-nvme` where a disk is left for it
   */
  readonly scratch?: "local-nvme" | "none";
  /** Availability zone. Each constraint costs capacity. Changing it replaces the scale set. @default none */
  readonly zone?: string;
  /** Nodes that one InfiniBand domain may have, when Azure support has raised it. @default the catalogue's, 100 */
  readonly domainLimit?: number;
}

/** A checked scale set. */
export interface GpuScaleSetPlan {
  readonly size: VmSize;
  readonly scaleSet: Omit<VirtualMachineScaleSetArgs, "resourceGroupName" | "virtualMachineProfile">;
  readonly profile: compute.VirtualMachineScaleSetVMProfileArgs;
  readonly acceleratedNetworking: boolean;
}

/**
 * All decisions of one scale set. With InfiniBand it is one InfiniBand domain.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planGpuScaleSet(name: string, shape: GpuScaleSetShape): GpuScaleSetPlan {
  const problems = new Problems();
  problems.require(limits.scaleSetName.pattern.test(name), "name", limits.scaleSetName.rule, { got: name });
  const size = findVmSize(shape.size);
  if (size === undefined || size.category === "general") {
    const names = [...vmSizes.values()].filter((it) => it.category !== "general").map((it) => it.name);
    problems.require(false, "size", "must be a GPU or HPC size of the catalogue (docs/sizes.md)", {
      got: shape.size,
      remedy: closestHint(shape.size, names, "CONTRIBUTING.md says how to add a size"),
    });
  } else checkAgainstSize(shape, size, problems);
  checkAccess(shape, problems);
  problems.throwIfAny(`GPU scale set '${name}'`);
  const image = size?.hpcImage;
  if (size === undefined || image === undefined || "because" in image)
    throw new Error(`GPU scale set '${name}': the checks let a size without image pass`);

  const infiniband = size.infiniband !== null;
  const diskGiB = shape.osDiskGiB ?? 256;
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
    acceleratedNetworking: size.acceleratedNetworking,
    scaleSet: {
      sku: { name: size.name, tier: "Standard", capacity: shape.nodes },
      orchestrationMode: "Uniform",
      // One placement group is one fabric. It can be taken away later, never given.
      singlePlacementGroup: infiniband,
      overprovision: false,
      // 1 lets Azure place freely inside the fabric; the regional default of 5 forces a spread.
      platformFaultDomainCount: 1,
      upgradePolicy: { mode: "Manual" },
      ...(shape.zone !== undefined && { zones: [shape.zone] }),
    },
    profile: {
      priority: "Regular",
      osProfile: {
        computerNamePrefix: `${name}-`,
        adminUsername: shape.adminUsername ?? "azureuser",
        customData: Buffer.from(customData).toString("base64"),
        linuxConfiguration: {
          disablePasswordAuthentication: true,
          provisionVMAgent: true,
          ssh: {
            publicKeys: shape.sshPublicKeys.map((keyData) => ({
              keyData,
              path: `/home/${shape.adminUsername ?? "azureuser"}/.ssh/authorized_keys`,
            })),
          },
        },
      },
      storageProfile: {
        imageReference: { publisher: image.publisher, offer: image.offer, sku: image.sku, version: shape.imageVersion },
        osDisk: {
          createOption: "FromImage",
          diskSizeGB: diskGiB,
          ...(shape.osDisk === "ephemeral"
            ? {
                caching: "ReadOnly",
                diffDiskSettings: { option: "Local", placement: ephemeralPlacement(size, diskGiB) },
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
  };
}

/** Where an ephemeral OS disk goes: beside the temporary disk if it fits there, else it takes a whole NVMe disk. */
function ephemeralPlacement(size: VmSize, diskGiB: number): "ResourceDisk" | "NvmeDisk" {
  return (size.tempDiskGiB ?? 0) >= diskGiB ? "ResourceDisk" : "NvmeDisk";
}

/**
 * Local NVMe disks that are left for scratch: all but the one that an ephemeral OS disk takes. The node finds them by
 * itself, since a disk with partitions is never striped.
 * Source: https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks-faq
 */
function scratchDisks({ osDisk, osDiskGiB = 256 }: GpuScaleSetShape, size: VmSize): number {
  const taken = osDisk === "ephemeral" && ephemeralPlacement(size, osDiskGiB) === "NvmeDisk" ? 1 : 0;
  return (size.nvme?.disks ?? 0) - taken;
}

function checkAgainstSize(shape: GpuScaleSetShape, size: VmSize, problems: Problems): void {
  const ib = size.infiniband;
  problems.require(size.lifecycle.state !== "retired", "size", `is retired: ${size.lifecycle.note ?? ""}`, {
    got: size.name,
  });
  if (ib !== null && ib.rackNodes !== null) {
    problems.require(
      false,
      "size",
      `comes as a rack of ${ib.rackNodes} nodes, which a scale set can only claim through an interconnect block (Compute API 2026-03-01, newer than the pinned provider's)`,
      { got: size.name, remedy: "Use an AKS pool (gpuPools)" },
    );
    return;
  }
  if ("because" in size.hpcImage) {
    const rule = `has no HPC marketplace image with its driver: ${size.hpcImage.because}`;
    const remedy = size.aks === null ? undefined : "Use an AKS pool (gpuPools)";
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
    size.nvme === null
      ? `must be none: the catalogue knows no local NVMe disk of ${size.name}`
      : `must be none: the ephemeral OS disk takes the only local NVMe disk of ${size.name}`,
    { got: shape.scratch },
  );
  const diskGiB = shape.osDiskGiB ?? 256;
  problems.requireWhole("osDiskGiB", diskGiB, [64, 2048]);
  if (shape.osDisk === "ephemeral") {
    const room = Math.max(
      size.tempDiskGiB ?? 0,
      size.nvme?.totalGiB === undefined || size.nvme.totalGiB === null ? 0 : size.nvme.totalGiB / size.nvme.disks,
    );
    problems.require(
      size.ephemeralOsDisk && room >= diskGiB,
      "osDisk",
      `must be managed: ${size.name} has no local disk of ${diskGiB} GiB for it`,
      { got: shape.osDisk },
    );
  }
}

function checkAccess(shape: GpuScaleSetShape, problems: Problems): void {
  problems.require(
    /^\d+\.\d+\.\d+$/.test(shape.imageVersion),
    "imageVersion",
    "must be an exact version such as 24.04.2026072901, never latest",
    { got: shape.imageVersion, remedy: "az vm image list --all --publisher microsoft-dsvm --offer ubuntu-hpc" },
  );
  problems.require(
    shape.sshPublicKeys.length > 0,
    "sshPublicKeys",
    "must hold at least one public key: passwords are off",
  );
  shape.sshPublicKeys.forEach((key, at) => {
    // The value is not shown: somebody may have pasted the private half.
    problems.require(
      /^(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{60,}={0,3}( \S.*)?$/.test(key),
      `sshPublicKeys[${at}]`,
      "must be one line of a public key file: ssh-ed25519 or ssh-rsa, then the key",
    );
  });
  const user = shape.adminUsername ?? "azureuser";
  problems.require(
    /^[a-z][a-z0-9-]{0,31}$/.test(user) && !["root", "admin", "administrator"].includes(user),
    "adminUsername",
    "must be 1 to 32 lowercase letters, digits or hyphens, and none of root, admin, administrator",
    { got: user },
  );
}
