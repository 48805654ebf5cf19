import { z } from "zod";
import { checkLinuxOsConfig, linuxOsConfigShape } from "../../../catalog/linux-os-config";
import { slurmMemoryShare } from "../../../catalog/slurm";
import { sysctls } from "../../../catalog/sysctls";
import type { VmSize } from "../../../catalog/vm-size";
import type { Problems } from "../../../core/problems";
import { keysOf } from "../../../core/records";

/** MiB of a huge page, by its size. Source: Documentation/admin-guide/mm/hugetlbpage.rst (x86-64) */
const pageMiB = { "2Mi": 2, "1Gi": 1024 } as const;

/** Share of the memory that is left to jobs at least: a rule of this project. Of none at all Slurm makes no limit (DefMemPerCPU=0). */
const jobsShare = 0.1;

/** Open files of one process at most without a word: Linux's own. Source: Documentation/admin-guide/sysctl/fs.rst (nr_open) */
const nrOpen = 1_048_576;

/** What nodes without Kubernetes may be told: the names that pools of the cluster have, and what Azure has for no pool. */
export const nodeSettingsShape = z.strictObject({
  /**
   * Settings of the operating system, by the names that AKS has, set at each boot; there is no swap file. A change
   * reaches nodes as they are reimaged.
   */
  linuxOSConfig: linuxOsConfigShape.omit({ swapFileSizeMB: true }).exactOptional(),
  /** Limits of each process, for logins and for services, and so for jobs of Slurm. Locked memory has none anyway. A change reaches nodes as they are reimaged. */
  ulimits: z
    .strictObject({
      /** Open files, 1024 to linuxOSConfig.sysctls.fsNrOpen. Default: 1048576 for logins. */
      noFile: z.int().exactOptional(),
      /** Processes and threads of one user, 1024 to 4194304. Default: as memory has it. */
      nProc: z.int().exactOptional(),
    })
    .exactOptional(),
  /**
   * Huge pages that are set aside at boot, for programs that map them by name. All other memory shrinks by them, and what jobs of Slurm
   * get with it; its head is made anew. A change reaches nodes as they are reimaged. Default: none but transparent ones.
   */
  hugePages: z
    .strictObject({
      /** Size of each. */
      size: z.enum(["2Mi", "1Gi"]),
      /** How many of them on each node. */
      count: z.int(),
    })
    .exactOptional(),
});

/** What a scale set's shape says of it. */
export type NodeSettings = z.output<typeof nodeSettingsShape>;

/** GiB that huge pages take from everything else on a node. */
export function hugePagesGiB({ hugePages: pages }: NodeSettings): number {
  return pages === undefined ? 0 : (pageMiB[pages.size] * pages.count) / 1024;
}

/** Notes a problem for each setting that a node of the size cannot have. */
export function checkNodeSettings(settings: NodeSettings, size: VmSize | undefined, problems: Problems): void {
  const { linuxOSConfig: os, ulimits, hugePages: pages } = settings;
  if (os !== undefined) checkLinuxOsConfig(os, size, problems);
  const { noFile, nProc } = ulimits ?? {};
  if (noFile !== undefined) {
    const most = os?.sysctls?.fsNrOpen ?? nrOpen;
    problems.requireWhole("ulimits.noFile", noFile, [1024, most], ", which linuxOSConfig.sysctls.fsNrOpen bounds");
  }
  // To the limit of 64-bit kernels. Source: proc_sys_kernel(5), pid_max
  if (nProc !== undefined) problems.requireWhole("ulimits.nProc", nProc, [1024, 4_194_304]);
  if (pages === undefined || size === undefined) return;
  const room = Math.floor((size.memoryGiB * (slurmMemoryShare - jobsShare) * 1024) / pageMiB[pages.size]);
  problems.requireWhole(
    "hugePages.count",
    pages.count,
    [1, room],
    `: of the ${size.memoryGiB} GiB of ${size.name} the kernel, services and other memory of jobs keep ${Math.round((1 - slurmMemoryShare + jobsShare) * 100)} %`,
  );
}

/** The settings of a shape, `null` where it says nothing. */
export function nodeSettingsOf({ linuxOSConfig, ulimits, hugePages }: NodeSettings): NodeSettings | null {
  const said = {
    ...(linuxOSConfig !== undefined && { linuxOSConfig }),
    ...(ulimits !== undefined && { ulimits }),
    ...(hugePages !== undefined && { hugePages }),
  };
  return Object.keys(said).length === 0 ? null : said;
}

/** Kernel settings as `sysctl` reads them. */
export function sysctlFile({ linuxOSConfig }: NodeSettings): string {
  const given = linuxOSConfig?.sysctls ?? {};
  return keysOf(sysctls)
    .flatMap((name) => {
      const value = given[name];
      return value === undefined
        ? []
        : [`${sysctls[name].key} = ${typeof value === "boolean" ? Number(value) : value}\n`];
    })
    .join("");
}

/** KiB and number of huge pages, for what sets them aside and what counts them. */
export function hugePagesKiB({
  hugePages: pages,
}: NodeSettings): { readonly kiB: number; readonly count: number } | null {
  return pages === undefined ? null : { kiB: pageMiB[pages.size] * 1024, count: pages.count };
}

/** Where the kernel says how many huge pages of a size there are, and takes how many there are to be. */
export function hugePagesPath(kiB: number): string {
  return `/sys/kernel/mm/hugepages/hugepages-${kiB}kB/nr_hugepages`;
}
