import { CapacityPoolVolume, type CapacityPoolVolumeArgs } from "@pulumi/azure-native/netapp/capacityPoolVolume";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { checkName } from "../../azure/check-name";
import { bytesPerGiB } from "../../catalog/netapp-levels";
import { Problems } from "../../core/problems";
import type { Tags } from "../../core/scope";
import type { NetAppRef } from "./netapp-files/netapp-ref";
import { checkVolume } from "./netapp-files/volume-size";

export interface NetAppVolumeArgs {
  /** Pool that holds the volume, ours or somebody else's. */
  readonly pool: NetAppRef;
  /**
   * 1 to 64 letters, digits, hyphens and underscores, first a letter: also the path that clients mount. Changing it replaces the volume and
   * loses what is in it.
   */
  readonly volumeName: string;
  /** GiB. Changed in place. @default that of the pool */
  readonly sizeGiB?: number;
  readonly tags: Tags;
}

/**
 * One NFS volume: what a team or a scale set has for homes, and nobody else's machines may mount. Costs nothing beside its pool. Give
 * `protect` in the options: there is no undelete.
 * @throws MisconfiguredError before anything is registered
 */
export class NetAppVolume extends ComponentResource {
  /** Address that clients mount from. */
  public readonly server: Output<string>;
  /** Path that clients mount. */
  public readonly exportPath: string;

  public constructor(name: string, args: NetAppVolumeArgs, opts?: ComponentResourceOptions) {
    const { pool, volumeName, tags, sizeGiB = pool.volumeGiB } = args;
    const problems = new Problems();
    checkName("netapp:CapacityPoolVolume", volumeName, problems, "volumeName");
    const { volumeMiBps: throughputMiBps } = pool;
    const size = { sizeGiB, ...(throughputMiBps !== undefined && { throughputMiBps }) };
    checkVolume(pool, size, { size: "sizeGiB", throughput: "pool.volumeMiBps" }, problems);
    problems.throwIfAny(`NetApp volume '${name}'`);
    super("azure-gpu-cluster:storage:NetAppVolume", name, {}, opts);

    const { resourceGroupName, accountName, poolName, location, subnetResourceId: subnetId } = pool;
    const nfsv3 = pool.protocol === "NFSv3";
    const volume = new CapacityPoolVolume(
      name,
      {
        ...{ resourceGroupName, accountName, poolName, location, subnetId, tags, volumeName },
        creationToken: volumeName,
        serviceLevel: pool.serviceLevel,
        usageThreshold: sizeGiB * bytesPerGiB,
        ...(throughputMiBps !== undefined && { throughputMibps: throughputMiBps }),
        protocolTypes: [pool.protocol],
        // With the other one no security group guards the subnet.
        networkFeatures: "Standard",
        securityStyle: "unix",
        // As of /tmp: all may make files, and delete their own.
        unixPermissions: "1777",
        snapshotDirectoryVisible: true,
        exportPolicy: {
          rules: [
            {
              ruleIndex: 1,
              allowedClients: pool.clientRanges.join(","),
              unixReadOnly: false,
              unixReadWrite: true,
              hasRootAccess: pool.rootSquash === "none",
              chownMode: "Restricted",
              cifs: false,
              nfsv3,
              nfsv41: !nfsv3,
            },
          ],
        },
        ...(pool.zone !== undefined && { zones: [pool.zone] }),
        ...(pool.coolAfterDays !== undefined && { coolAccess: true, coolnessPeriod: pool.coolAfterDays }),
        ...dataProtection(pool),
      },
      { parent: this, customTimeouts: { create: "60m", update: "60m", delete: "60m" } },
    );
    this.server = volume.mountTargets.apply((it) => it[0]?.ipAddress ?? "");
    this.exportPath = `/${volumeName}`;
    this.registerOutputs({ server: this.server });
  }
}

/** What brings the data of a volume back. */
function dataProtection({
  snapshotPolicyId,
  backupPolicyId,
  backupVaultId,
}: NetAppRef): Pick<CapacityPoolVolumeArgs, "dataProtection"> {
  if (snapshotPolicyId === undefined && backupVaultId === undefined) return {};
  return {
    dataProtection: {
      ...(snapshotPolicyId !== undefined && { snapshot: { snapshotPolicyId } }),
      ...(backupPolicyId !== undefined &&
        backupVaultId !== undefined && { backup: { backupPolicyId, backupVaultId, policyEnforced: true } }),
    },
  };
}
