/**
 * Slurm as Microsoft packages it for the HPC images, built with the PMIx that the images have. Their apt lets no Slurm of Ubuntu in.
 * Source: Azure/cyclecloud-slurm:README.md, azure-slurm-install/ubuntu.sh (2026-07-15);
 * Azure/azhpc-images:components/install_pmix.sh, components/slurm-repo/slurm-u.pin (2026-07-29)
 */
export const slurmVersion = "25.11.5";

/**
 * Number of the user that the controller runs as. Its orders are taken from this number alone, so it is the same on every machine.
 * Source: Azure/cyclecloud-slurm:README.md (slurm.user.uid, 2026-07-15)
 */
export const slurmUserId = 11100;

/**
 * Share of a node's memory that jobs get: the rest is the kernel's and the services'.
 * Source: Azure/cyclecloud-slurm:README.md (slurm.dampen_memory, 2026-07-15)
 */
export const slurmMemoryShare = 0.95;

/**
 * Devices of the GPUs of a whole node, as a list of Slurm, and whose variables tell a job which of them are its own.
 * Source: Azure/cyclecloud-slurm:azure-slurm/slurmcc/cli.py (2026-07-15): eight numbers for each GPU of AMD;
 * SchedMD/slurm:doc/man/man5/gres.conf.5 (25.11)
 */
export function gpuDevices(vendor: "nvidia" | "amd", count: number): { readonly files: string; readonly flag: string } {
  const numbers = Array.from({ length: count }, (_, at) => (vendor === "amd" ? 128 + 8 * at : at));
  const path = vendor === "amd" ? "/dev/dri/renderD" : "/dev/nvidia";
  const list = count === 1 ? numbers.join() : `[${numbers.join()}]`;
  return { files: `${path}${list}`, flag: vendor === "amd" ? "amd_gpu_env" : "nvidia_gpu_env" };
}
