import { z } from "zod";
import { limits } from "../../catalog/limits";

/** Bare scale sets for Slurm, Ray or plain MPI, by name. */
export const scaleSetsSection = z
  .record(
    z.string().regex(limits.scaleSetName.pattern, limits.scaleSetName.rule),
    z.strictObject({
      size: z.string().describe("GPU or HPC size (docs/sizes.md). Changing it replaces the scale set."),
      nodes: z.int().describe("Nodes, fixed: they bill from the first minute."),
      imageVersion: z.string().describe("Exact version of the HPC marketplace image, never latest."),
      sshPublicKeys: z.array(z.string()).describe("Public keys of the administrator. Never a private key."),
      adminUsername: z.string().exactOptional().describe("Changing it replaces the scale set. Default: azureuser."),
      osDisk: z
        .enum(["managed", "ephemeral"])
        .exactOptional()
        .describe("Changing it replaces the scale set. Default: managed."),
      osDiskGiB: z.int().exactOptional().describe("64 to 2048. Default: 256."),
      scratch: z
        .enum(["local-nvme", "none"])
        .exactOptional()
        .describe("Stripe the local disks. Default: local-nvme where the size has them to spare."),
      zone: z.string().exactOptional().describe('In quotes: "1". Changing it replaces the scale set. Default: none.'),
      domainLimit: z.int().exactOptional().describe("Nodes that Azure support allows in one domain. Default: 100."),
    }),
  )
  .describe("Scale sets without Kubernetes, by name, for Slurm, Ray or plain MPI.");
