import { nodeAllocatable } from "../catalog/allocatable";
import { nodePowerW } from "../catalog/energy";
import { regions } from "../catalog/regions";
import type { VmSize } from "../catalog/vm-size";
import { vmSizes } from "../catalog/vm-sizes";
import { markdownTable } from "./markdown-table";

/** The page that lists all sizes and regions of the catalogue. */
export function sizesPage(): string {
  const all = [...vmSizes.values()];
  return `# Sizes and regions

Generated from \`catalog\` by \`npm run docs\`. A dash means none, a question mark means that no source tells.
Prices are list prices for Linux, pay as you go, in the cheapest region seen; a price does not prove capacity. Watts are
estimates for the whole VM at full load. _Reserved_: whether a capacity reservation on demand can hold machines of the size.

## GPU sizes

${markdownTable(
  [
    "Size",
    "GPUs",
    "Memory of a GPU",
    "InfiniBand",
    "Local NVMe",
    "vCPU / memory",
    "For one job",
    "Quota family",
    "USD an hour",
    "W",
    "Reserved",
    "On AKS",
  ],
  all.filter((it) => it.gpu !== null).map(gpuRow),
)}

## HPC sizes without GPU

${markdownTable(
  ["Size", "InfiniBand", "vCPU / memory", "Quota family", "USD an hour"],
  all
    .filter((it) => it.category === "hpc")
    .map((it) => [it.name, infiniband(it), host(it), it.quotaFamily ?? "?", price(it)]),
)}

## General sizes

For system pools, and for pods that need neither GPU nor InfiniBand. An ephemeral OS disk needs a local disk.

${markdownTable(
  ["Size", "Processor", "vCPU / memory", "Local disk", "Quota family", "USD an hour"],
  all
    .filter((it) => it.category === "general")
    .map((it) => [it.name, it.architecture, host(it), localDisk(it), it.quotaFamily ?? "?", price(it)]),
)}

## Regions

${markdownTable(
  ["Region", "Name", "Zones", "PUE", "Grid gCO2/kWh"],
  [...regions.values()].map((it) => [
    it.name,
    it.displayName,
    it.zonesKnown ? it.zones.join(", ") || "-" : "?",
    it.pue?.toString() ?? "?",
    it.gridGCo2PerKwh?.toString() ?? "?",
  ]),
)}
`;
}

function gpuRow(size: VmSize): string[] {
  const { gpu } = size;
  const { cpu, memoryGiB } = nodeAllocatable(size);
  return [
    size.name,
    `${gpu?.count ?? (gpu?.fraction == null ? "slice of 1" : `1/${Math.round(1 / gpu.fraction)}`)} x ${gpu?.model ?? ""}`,
    `${gpu?.memoryGB ?? "?"} GB`,
    infiniband(size),
    nvme(size),
    host(size),
    `${cpu} / ${memoryGiB} GiB`,
    size.quotaFamily ?? "?",
    price(size),
    nodePowerW(size)?.toString() ?? "?",
    size.onDemandReservation === null ? "?" : size.onDemandReservation ? "yes" : "no",
    size.aks === null ? "no" : size.aks.gpuStacks.join(", "),
  ];
}

function infiniband({ infiniband: ib }: VmSize): string {
  return ib === null ? "-" : `${ib.hcas} x ${ib.gbitsPerSecondPerHca} Gb/s`;
}

function nvme({ nvme: it }: VmSize): string {
  return it === null ? "-" : `${it.disks} disks, ${it.totalGiB ?? "?"} GiB`;
}

function localDisk(size: VmSize): string {
  return size.tempDiskGiB === null ? nvme(size) : `${size.tempDiskGiB} GiB`;
}

function host({ vcpus, memoryGiB }: VmSize): string {
  return `${vcpus} / ${memoryGiB} GiB`;
}

function price({ price: it }: VmSize): string {
  return it === null ? "?" : `${it.usdPerHour} (${it.region}, ${it.asOf})`;
}
