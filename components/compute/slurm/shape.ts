import { z } from "zod";

/** Slurm on a scale set: a head that queues jobs, and nodes that join it by themselves. */
export const slurmShape = z.strictObject({
  /** The machine that people log in to, and that queues their jobs. It bills from the first minute. */
  head: z
    .strictObject({
      /** General-purpose x64 size. Changing it restarts the head. */
      size: z.string().default("Standard_D4ds_v5"),
    })
    .prefault({}),
});
export type SlurmShape = z.input<typeof slurmShape>;
