import type { FabricMode, GpuStackRow, NodeOwner } from "../../catalog/gpu-stacks";
import { adapterSections, dranetNames, type OwnedPart, partsOfCharts } from "../../catalog/owned-parts";
import { labels } from "../../catalog/scheduling";
import type { GpuStack } from "../../catalog/vm-size";
import { findVmSize } from "../../catalog/vm-sizes";
import type { Problems } from "../../core/problems";
import { items, read, text } from "../../core/property-tree";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { KubernetesObject } from "./add-on";
import type { AddOnPlan } from "./plan-platform";

/** What of an add-on is looked at: what it is about to put into the cluster. */
export type PlannedParts = Pick<AddOnPlan, "key" | "release" | "crds" | "objects">;

type Stacks = Readonly<Record<GpuStack, GpuStackRow>>;

/** Somebody who does a part of the work on nodes. */
interface Owner<Part> {
  /** Key of the add-on, the path of a problem. */
  readonly key: string;
  /** Who it is in words: chart or object, and what in it. */
  readonly who: string;
  readonly part: Part;
  /** Pools that it is held to, null: all nodes. */
  readonly pools: readonly string[] | null;
}

/**
 * Notes a problem for each part of the work on nodes that two would do, and names both: they undo each other's work, or hand out the
 * same device twice. Looks at what is planned, not at what was asked for, so that it also sees add-ons of your own.
 */
export function checkOwners(
  addOns: readonly PlannedParts[],
  pools: readonly GpuPoolRef[],
  stacks: Stacks,
  problems: Problems,
): void {
  const owners = addOns.flatMap(chartOwners);
  for (const [at, owner] of owners.entries()) {
    const first = owners.slice(0, at).find(({ part }) => part === owner.part);
    problems.require(
      first === undefined,
      owner.key,
      `cannot own the ${owner.part}: ${owner.who} and ${first?.who ?? ""} of ${first?.key ?? ""} would both do it`,
      { remedy: "Turn it off in one of them" },
    );
  }
  checkDriver(owners, pools, stacks, problems);
  checkAdapters(addOns.flatMap(adapterOwners), pools, stacks, problems);
}

function chartOwners({ key, release }: PlannedParts): Owner<OwnedPart>[] {
  const name = chartName(release);
  return partsOfCharts
    .filter(({ chart, value }) => chart === name && (value === null || read(release, `values.${value}`) !== false))
    .map(({ part, value }) => ({
      key,
      who: value === null ? `chart ${name}` : `chart ${name} (${value})`,
      part,
      pools: null,
    }));
}

/** `kueue` of `oci://registry.k8s.io/kueue/charts/kueue`, empty without a release. */
function chartName(release: AddOnPlan["release"]): string {
  return text(release, "chart")?.split("/").at(-1) ?? "";
}

/** An operator brings its driver to every node with a GPU of its vendor, but for those whose labels forbid it. */
function checkDriver(
  owners: readonly Owner<OwnedPart>[],
  pools: readonly GpuPoolRef[],
  stacks: Stacks,
  problems: Problems,
): void {
  const operator = owners.find(({ part }) => part === "GPU driver");
  if (operator === undefined) return;
  for (const { key, size, figures, gpuStack } of pools) {
    const { driver, nodeLabels }: GpuStackRow = stacks[gpuStack];
    const reached = findVmSize(size, figures)?.gpu?.vendor === "nvidia" && nodeLabels[driverLabel] !== "false";
    problems.require(
      !reached || driver === "gpuOperator",
      operator.key,
      `cannot own the GPU driver of gpuPools.${key}: ${inWords[driver]} and ${operator.who} would both bring one`,
      { remedy: `Label its nodes ${driverLabel}=false` },
    );
  }
}

const inWords: Readonly<Record<NodeOwner, string>> = {
  aks: "AKS (gpuProfile.driver: Install)",
  nodeImage: "the node image",
  gpuOperator: "the GPU operator",
  amdGpuOperator: "the operator of AMD",
};

/** Source: NVIDIA/gpu-operator:controllers/state_manager.go (v26.7.0) */
const driverLabel = "nvidia.com/gpu.deploy.driver";

function adapterOwners({ key, release, objects, crds }: PlannedParts): Owner<FabricMode>[] {
  // The class of devices beside the chart is what it hands out.
  if (chartName(release) === dranetNames.chart)
    return [{ key, who: "chart dranet", part: "dranet", pools: selected(release, "values.affinity.nodeAffinity") }];
  return Object.values({ ...crds, ...objects }).flatMap((object) => ofObject(key, object));
}

function ofObject(key: string, object: KubernetesObject): Owner<FabricMode>[] {
  const { kind, metadata } = object;
  if (kind === "DeviceClass" && metadata.name === dranetNames.deviceClass)
    return [{ key, who: `DeviceClass ${metadata.name}`, part: "dranet", pools: null }];
  if (!adapterSections.kinds.some((it) => it === kind)) return [];
  return Object.entries(adapterSections.sections)
    .filter(([section]) => read(object, ["spec", section]) !== undefined)
    .map(([section, part]) => ({ key, who: `${kind} ${metadata.name} (${section})`, part, pools: selectedBy(object) }));
}

/** Pools that a policy of the network operator is held to, null where it goes to all nodes. */
function selectedBy(object: KubernetesObject): readonly string[] | null {
  const one = text(object, `spec.nodeSelector["${labels.pool}"]`);
  return one === undefined ? selected(object, "spec.nodeAffinity") : [one];
}

/** Pools that an affinity to nodes names, null where it names none. */
function selected(of: unknown, affinity: string): readonly string[] | null {
  const terms = items(
    of,
    `${affinity}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[].matchExpressions`,
  );
  const held = terms.filter(({ value }) => text(value, "key") === labels.pool && text(value, "operator") === "In");
  return held.length === 0 ? null : held.flatMap(({ value }) => items(value, "values").map((it) => String(it.value)));
}

function checkAdapters(
  owners: readonly Owner<FabricMode>[],
  pools: readonly GpuPoolRef[],
  stacks: Stacks,
  problems: Problems,
): void {
  for (const { key, gpuStack, rdmaResource, rdma = "sriov" } of pools) {
    if (rdmaResource === null) continue;
    const here = owners.filter((it) => it.pools === null || it.pools.includes(key));
    const [first, second] = here;
    problems.require(
      second === undefined,
      second?.key ?? "",
      `cannot own the adapters of gpuPools.${key}: ${second?.who ?? ""} and ${first?.who ?? ""} of ${first?.key ?? ""} would both hand them out`,
      { remedy: "Keep one of them, or hold each to pools of its own" },
    );
    const { fabric }: GpuStackRow = stacks[gpuStack];
    for (const owner of here.filter(({ part }) => (part === "dranet") !== (rdma === "dranet"))) {
      problems.require(
        false,
        owner.key,
        `cannot give adapters to gpuPools.${key} as ${owner.who} does: the pool has rdma ${rdma}`,
        { remedy: "Hold it to other pools, or write the other rdma there" },
      );
    }
    for (const owner of here.filter(({ part }) => !fabric.includes(part))) {
      problems.require(
        false,
        owner.key,
        `cannot give adapters to gpuPools.${key} as ${owner.who} does: gpuStack ${gpuStack} takes ${fabric.join(" or ")}`,
        { remedy: "Hold it to other pools" },
      );
    }
  }
}
