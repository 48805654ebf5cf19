import { AmlFilesystem } from "@pulumi/azure-native/storagecache/amlFilesystem";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { physicalName } from "../../core/names";
import type { Scope } from "../../core/scope";
import { planLustreFileSystem, type LustreFileSystemShape } from "./plan-lustre-file-system";

/** User and group `nobody` of Linux. */
const nobody = 65534;

export interface LustreFileSystemArgs extends LustreFileSystemShape {
  readonly scope: Scope;
  /** Zones of the region. */
  readonly regionZones: readonly string[];
  /** ARM ID of a subnet of its own, not delegated. Fixed at creation. */
  readonly subnetResourceId: Input<string>;
  /** Whether `destroy` is refused until protection is taken off. There is no undelete. */
  readonly protect: boolean;
}

/**
 * Azure Managed Lustre for training data and checkpoints.
 *
 * Costs its whole capacity by the hour from creation on, used or not.
 * @throws MisconfiguredError before anything is registered
 */
export class LustreFileSystem extends ComponentResource {
  /** Address of the management service, which clients mount from. */
  public readonly mgsAddress: Output<string>;

  public constructor(name: string, args: LustreFileSystemArgs, opts?: ComponentResourceOptions) {
    const plan = planLustreFileSystem(args, args.regionZones);
    super("azure-gpu-cluster:storage:LustreFileSystem", name, {}, opts);
    const { resourceGroupName, location, names, tags } = args.scope;

    const fileSystem = new AmlFilesystem(
      name,
      {
        resourceGroupName,
        location,
        tags,
        amlFilesystemName: physicalName("amlfs", names),
        sku: { name: plan.skuName },
        storageCapacityTiB: plan.sizeTiB,
        zones: [plan.zone],
        filesystemSubnet: args.subnetResourceId,
        maintenanceWindow: { dayOfWeek: plan.maintenanceDay, timeOfDayUTC: plan.maintenanceTime },
        rootSquashSettings:
          plan.rootSquash === "none"
            ? { mode: "None" }
            : { mode: "RootOnly", squashUID: nobody, squashGID: nobody, noSquashNidLists: "" },
      },
      { parent: this, protect: args.protect, customTimeouts: { create: "90m", update: "60m", delete: "60m" } },
    );
    this.mgsAddress = fileSystem.clientInfo.apply((it) => it.mgsAddress);
    this.registerOutputs({ mgsAddress: this.mgsAddress });
  }
}
