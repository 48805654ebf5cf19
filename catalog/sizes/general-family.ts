import type { SizeFacts, VmSize } from "../vm-size";
import { current, sources } from "./shared";

/** One family: from it its sizes follow. */
export type GeneralFamily = readonly [
  /** Name of a size without `Standard_`, with `#` for its vCPUs. */
  pattern: string,
  quotaFamily: string,
  vcpus: readonly number[],
  /** Day of its page in the Azure documentation, `null` where only the SKU API was read. */
  page: string | null,
  /** Memory of the largest sizes where it is less than the vCPUs say. */
  mostGiB?: number,
];

/** What families have in common. */
export interface GeneralGroup {
  readonly gibPerVcpu: number;
  /**
   * What lies in the host for the VM: nothing, a formatted temporary disk (v5 and Intel v4; before that it follows from the memory),
   * or raw NVMe disks (from v6 on).
   */
  readonly localDisk: "none" | "temporary" | "twice-memory" | "four-times-memory" | "nvme";
  /** `false` where the page says that the OS disk cannot lie there. */
  readonly ephemeralOsDisk?: false;
  /** Left out: sold, without an announced end. */
  readonly lifecycle?: VmSize["lifecycle"];
  readonly rows: readonly GeneralFamily[];
}

/** Raw NVMe disks by vCPUs. All families have the same, and 55 GiB for each vCPU in total. */
const nvmeDisks: ReadonlyMap<number, number> = new Map([
  [4, 1],
  [8, 1],
  [16, 2],
  [20, 2],
  [32, 4],
  [48, 6],
  [64, 4],
  [96, 6],
  [128, 4],
  [160, 4],
]);
const nvmeGiBPerVcpu = 55;

/** Temporary disk of v5 and Intel v4 sizes: all families have the same for each vCPU. */
const temporaryGiBPerVcpu = 37.5;

/** The sizes of a group. Everything that differs between those of a family follows from their vCPUs. */
export function generalSizesOf(group: GeneralGroup): SizeFacts[] {
  return group.rows.flatMap((family) => family[2].map((vcpus) => sizeOf(group, family, vcpus)));
}

function sizeOf(group: GeneralGroup, family: GeneralFamily, vcpus: number): SizeFacts {
  const [pattern, quotaFamily, , page, mostGiB = Infinity] = family;
  const memoryGiB = Math.min(vcpus * group.gibPerVcpu, mostGiB);
  const series = pattern.replace(/[#_]/g, "");
  const { lifecycle = current } = group;
  return {
    name: `Standard_${pattern.replace("#", String(vcpus))}`,
    series,
    category: "general",
    lifecycle,
    quotaFamily,
    // The letter right behind the vCPUs.
    architecture: pattern.includes("#p") ? "arm64" : "x64",
    vcpus,
    memoryGiB,
    gpu: null,
    infiniband: null,
    ...localDisks(group, vcpus, memoryGiB),
    hostPowerW: null,
    frontEndGbps: null,
    acceleratedNetworking: true,
    ephemeralOsDisk: group.localDisk !== "none" && group.ephemeralOsDisk !== false,
    // The page names all D and E families, and of Arm only some: AKS offers it for none of those.
    trustedLaunch: pattern.includes("#p") ? null : true,
    onDemandReservation: null,
    aks: {
      gpuStacks: [],
      osSkus: ["Ubuntu2404", "Ubuntu", "Ubuntu2204", "AzureLinux3"],
      migProfiles: [],
      autoscale: true,
      spot: true,
      nodeImages: null,
    },
    hpcImage: { because: "general sizes have neither GPU nor InfiniBand", ownImage: true },
    health: null,
    nccl: null,
    sources: [
      ...(page === null ? [] : [`${pageOf(series)} (${page})`]),
      ...(lifecycle === current ? [] : [sources.retirements]),
      ...[sources.trustedLaunch, sources.skuApi, sources.quotaFamilies, sources.osOnAks],
    ],
    notes: [],
  };
}

function pageOf(series: string): string {
  const groups = { D: "general-purpose", E: "memory-optimized", F: "compute-optimized" };
  const group = Object.entries(groups).find(([letter]) => series.startsWith(letter))?.[1] ?? "";
  return `MicrosoftDocs/azure-compute-docs:articles/virtual-machines/sizes/${group}/${series.toLowerCase()}-series.md`;
}

function localDisks(
  { localDisk }: GeneralGroup,
  vcpus: number,
  memoryGiB: number,
): Pick<VmSize, "nvme" | "tempDiskGiB"> {
  const disks = nvmeDisks.get(vcpus);
  switch (localDisk) {
    case "none":
      return { nvme: null, tempDiskGiB: null };
    case "temporary":
      return { nvme: null, tempDiskGiB: vcpus * temporaryGiBPerVcpu };
    case "twice-memory":
      return { nvme: null, tempDiskGiB: memoryGiB * 2 };
    case "four-times-memory":
      return { nvme: null, tempDiskGiB: memoryGiB * 4 };
    case "nvme":
      return { nvme: disks === undefined ? null : { disks, totalGiB: vcpus * nvmeGiBPerVcpu }, tempDiskGiB: null };
  }
}
