import { regions } from "../regions";
import type { VmSize } from "../vm-size";
import { current, price, sources } from "./shared";

/** What the sizes of one general-purpose family have in common: one row, from which the sizes follow. */
export interface GeneralFamily {
  readonly series: string;
  /** Name of a size, with `#` for its vCPUs. */
  readonly pattern: string;
  readonly quotaFamily: string;
  readonly architecture: VmSize["architecture"];
  readonly vcpus: readonly number[];
  readonly gibPerVcpu: number;
  /** Memory of the largest sizes where it is less than `gibPerVcpu` says. */
  readonly mostGiB?: number;
  /** What lies in the host for the VM: nothing, a formatted temporary disk (v5), or raw NVMe disks (v6). */
  readonly localDisk: "none" | "temporary" | "nvme";
  /** List price of one vCPU in the cheapest and the dearest region, `null` when the list contradicts itself. */
  readonly usdPerVcpuHour: { readonly lowest: number; readonly region: string; readonly highest: number } | null;
  /** Regions of `pricedRegions` without a price of this family. */
  readonly notIn?: readonly string[];
  /** Page of the series in the Azure documentation. */
  readonly page: string;
}

/** Regions of the price list that the catalogue knows: all but those that opened later or are closed to new customers. */
const pricedRegions = [...regions.keys()].filter(
  (name) => !["denmarkeast", "eastus3", "greececentral", "indiasouthcentral", "taiwannorth"].includes(name),
);

/** Raw NVMe disks of v6 sizes by vCPUs. All families have the same, and 55 GiB for each vCPU in total. */
const nvmeDisks: ReadonlyMap<number, number> = new Map([
  [4, 1],
  [8, 1],
  [16, 2],
  [20, 2],
  [32, 4],
  [48, 6],
  [64, 4],
  [96, 6],
]);
const nvmeGiBPerVcpu = 55;

/** Temporary disk of v5 sizes: all families have the same for each vCPU. */
const temporaryGiBPerVcpu = 37.5;

/** The sizes of a family. Everything that differs between them follows from their vCPUs. */
export function generalSizesOf(family: GeneralFamily): VmSize[] {
  return family.vcpus.map((vcpus) => ({
    name: family.pattern.replace("#", String(vcpus)),
    series: family.series,
    category: "general",
    lifecycle: current,
    quotaFamily: family.quotaFamily,
    architecture: family.architecture,
    vcpus,
    memoryGiB: Math.min(vcpus * family.gibPerVcpu, family.mostGiB ?? Infinity),
    gpu: null,
    infiniband: null,
    nvme: nvmeOf(family, vcpus),
    tempDiskGiB: family.localDisk === "temporary" ? vcpus * temporaryGiBPerVcpu : null,
    hostPowerW: null,
    acceleratedNetworking: true,
    ephemeralOsDisk: family.localDisk !== "none",
    // The page names all D and E families, and of Arm only some: AKS offers it for none of those.
    trustedLaunch: family.architecture === "x64" ? true : null,
    aks: {
      gpuStacks: [],
      osSkus: ["Ubuntu2404", "Ubuntu", "Ubuntu2204", "AzureLinux3"],
      migProfiles: [],
      autoscale: true,
      spot: true,
      nodeImages: null,
    },
    hpcImage: { because: "general sizes have neither GPU nor InfiniBand" },
    health: null,
    nccl: null,
    price: priceOf(family, vcpus),
    spotUsdPerHour: null,
    sources: [
      family.page,
      sources.trustedLaunch,
      sources.skuApi,
      sources.quotaFamilies,
      sources.prices,
      sources.osOnAks,
    ],
    notes: family.usdPerVcpuHour === null ? [contradictoryPrices] : [],
  }));
}

const contradictoryPrices =
  "No price: in the list of 2026-06-18 the vCPU of this family costs up to three times as much in one size as in the next.";

function nvmeOf({ localDisk }: GeneralFamily, vcpus: number): VmSize["nvme"] {
  const disks = nvmeDisks.get(vcpus);
  return localDisk === "nvme" && disks !== undefined ? { disks, totalGiB: vcpus * nvmeGiBPerVcpu } : null;
}

/** Price of the vCPUs of a size. The list rounds most prices to thousandths of a dollar, so it may differ by half of one. */
function priceOf({ usdPerVcpuHour: usd, notIn }: GeneralFamily, vcpus: number): VmSize["price"] {
  if (usd === null) return null;
  const ofSize = (perVcpu: number): number => Math.round(perVcpu * vcpus * 10_000) / 10_000;
  return price(
    ofSize(usd.lowest),
    usd.region,
    ofSize(usd.highest),
    pricedRegions.filter((name) => notIn?.includes(name) !== true),
  );
}
