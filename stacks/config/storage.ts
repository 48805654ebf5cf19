import { z } from "zod";

const day = z.enum(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]);

/** Shared storage of the environment. */
export const storageSection = z
  .strictObject({
    lustre: z
      .strictObject({
        tier: z
          .string()
          .describe("AMLFS-Durable-Premium-40, -125, -250 or -500: MB/s for each TiB. Fixed at creation."),
        sizeTiB: z.int().describe("A multiple of the tier's step. Bills whole, used or not."),
        zone: z.string().describe('In quotes: "1". The zone of the GPU nodes is nearest.'),
        maintenanceDay: day.exactOptional().describe("Default: Saturday."),
        maintenanceTime: z.string().exactOptional().describe('UTC, in quotes: "22:00". Default: 22:00.'),
        rootSquash: z
          .enum(["none", "root-only"])
          .exactOptional()
          .describe("root-only: root of every client is nobody; type it once directories exist. Default: none."),
      })
      .exactOptional()
      .describe("Managed Lustre, mounted by every training team."),
    blob: z
      .strictObject({
        redundancy: z.enum(["LRS", "ZRS"]).exactOptional().describe("Default: LRS."),
        coolAfterDays: z.int().exactOptional().describe("Days until a blob moves to the cool tier. Default: 30."),
        deleteAfterDays: z.int().nullable().exactOptional().describe("Days until it is deleted. Default: never."),
        softDeleteDays: z.int().exactOptional().describe("Days that a deleted blob can be brought back. Default: 14."),
      })
      .exactOptional()
      .describe("Blob storage with a container for each team."),
  })
  .describe("Shared storage of the environment.");
