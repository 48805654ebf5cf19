import { gpuResources, isGpuResource, labels } from "../../../catalog/scheduling";
import { expectAt, isText, numeral, unjudged, violation } from "../../engine/expect";
import { containers as containersOf, isDaemonSet, podHolders, type PodSpec, podSpecs } from "./pods";
import { isUnknown } from "../../../core/property-marks";
import { items, keys, locate, read } from "../../../core/property-tree";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";

const selectors = [labels.gpuStack, labels.infinibandDomain];

export const k8sGpuLimits: ResourceRule = {
  id: 188,
  name: "k8s-gpu-limits",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "A pod that goes to GPU nodes asks for GPUs, in whole numbers and of one kind for each container.",
  why: "A pod that takes a place there without asking blocks GPUs that nobody uses, at the price of the whole node.",
  remedy: "Set resources.limits to nvidia.com/gpu (or amd.com/gpu) and leave requests out, or drop the toleration.",
  severity: "high",
  levels: levels.always,
  source: "KSV-0011 and KSV-0018 (the same for cores and memory)",
  check: (resource) => {
    const { inputs } = resource;
    // A DaemonSet serves GPU nodes without using a GPU, and a resource claim asks in another way.
    if (isDaemonSet(resource)) return [];
    const specs = podSpecs(resource);
    const claiming = specs.filter(({ path }) => read(inputs, `${path}.resourceClaims`) !== undefined);
    const judged = containersOf(resource).filter((it) => !claiming.some((spec) => spec.containers.includes(it)));
    return [
      ...judged.flatMap((container) => checkContainer(inputs, container)),
      ...specs
        .filter((spec) => spec.whole && !claiming.includes(spec) && goesToGpuNodes(inputs, spec))
        .filter((spec) => !spec.containers.some((it) => gpusIn(inputs, `${it}.resources.limits`).length > 0))
        .flatMap((spec) => expectSomeGpu(inputs, spec)),
    ];
  },
};

function gpusIn(inputs: unknown, path: string): readonly string[] {
  return keys(inputs, path).filter(isGpuResource);
}

function goesToGpuNodes(inputs: unknown, { path }: PodSpec): boolean {
  // The taint of GPU nodes has the key that GPUs are counted by.
  const tolerates = locate(inputs, `${path}.tolerations[].key`).some(
    ({ value }) => isText(value) && gpuResources.includes(value),
  );
  return tolerates || keys(inputs, `${path}.nodeSelector`).some((key) => selectors.some((it) => it === key));
}

function checkContainer(inputs: unknown, container: string): Outcome[] {
  const limits = `${container}.resources.limits`;
  const found = gpusIn(inputs, limits);
  const wholes = found.flatMap((key) => expectAt(inputs, `${limits}["${key}"]`, isWhole, "be a whole number from 1"));
  const mixed = found.length > 1 ? [violation(limits, [...found], "hold one kind of GPU")] : [];
  const requests = gpusIn(inputs, `${container}.resources.requests`).flatMap((key) => {
    const limit = read(inputs, `${limits}["${key}"]`);
    const equal = (it: unknown): boolean =>
      isUnknown(limit) || (numeral(it) !== undefined && numeral(it) === numeral(limit));
    return expectAt(inputs, `${container}.resources.requests["${key}"]`, equal, "equal the limit, or be absent");
  });
  return [...wholes, ...mixed, ...requests];
}

function expectSomeGpu(inputs: unknown, { path, containers }: PodSpec): Outcome[] {
  const list = `${path}.containers`;
  const hidden = [
    ...items(inputs, list),
    ...containers.map((it) => ({
      path: `${it}.resources.limits`,
      value: read(inputs, `${it}.resources.limits`),
    })),
  ].find(({ value }) => isUnknown(value));
  if (hidden !== undefined) return [unjudged(hidden.path)];
  return [{ path: list, is: "without a GPU limit", must: "hold a container with one: the pod goes to GPU nodes" }];
}

function isWhole(value: unknown): boolean {
  return /^[1-9]\d{0,3}$/.test(numeral(value) ?? "");
}
