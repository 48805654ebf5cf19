import type { ManagementPolicyArgs } from "@pulumi/azure-native/storage/managementPolicy";
import type { z } from "zod";
import type { archiveStoreShape } from "./shape";

/** What becomes of blobs, of their older versions and of snapshots with the time. */
export function lifecycle({
  coolAfterDays,
  archiveAfterDays,
  versions,
}: Pick<z.output<typeof archiveStoreShape>, "coolAfterDays" | "archiveAfterDays" | "versions">): Omit<
  ManagementPolicyArgs,
  "resourceGroupName" | "accountName"
> {
  const older = {
    tierToCool: { daysAfterCreationGreaterThan: versions.coolAfterDays },
    ...(versions.deleteAfterDays !== null && { delete: { daysAfterCreationGreaterThan: versions.deleteAfterDays } }),
  };
  return {
    managementPolicyName: "default",
    policy: {
      rules: [
        {
          enabled: true,
          name: "age",
          type: "Lifecycle",
          definition: {
            filters: { blobTypes: ["blockBlob"] },
            actions: {
              baseBlob: {
                tierToCool: { daysAfterModificationGreaterThan: coolAfterDays },
                ...(archiveAfterDays !== null && {
                  tierToArchive: { daysAfterModificationGreaterThan: archiveAfterDays },
                }),
              },
              version: older,
              snapshot: older,
            },
          },
        },
      ],
    },
  };
}
