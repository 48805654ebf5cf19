import { labels } from "../../../catalog/scheduling";
import { expectAt, isText, numeral, unjudged, violation } from "../../engine/expect";
import { containers, isDaemonSet, podSpec, workloadTypes } from "./pods";
import { isUnknown } from "../../../core/property-marks";
import { items, keys, locate, read } from "../../../core/property-tree";
import { levels, type Outcome, type Subject, type ResourceRule } from "../../engine/rule";

const gpuTaints = ["nvidia.com/gpu", "amd.com/gpu"];
const gpuResource = /^(nvidia\.com\/(gpu|mig-.+)|amd\.com\/gpu)$/;
const selectors = [labels.gpuStack, labels.infinibandDomain];

export const k8sGpuLimits: ResourceRule = {
  id: 188,
  name: "k8s-gpu-limits",
  area: "kubernetes",
  kind: "resource",
  types: workloadTypes,
  title: "A pod that goes to GPU nodes asks for GPUs, in whole numbers and of one kind for each container.",
  why: "A pod that takes a place there without asking blocks GPUs that nobody uses, at the price of the whole node.",
  remedy: "Set resources.limits to nvidia.com/gpu (or amd.com/gpu) and leave requests out, or drop the toleration.",
  severity: "high",
  levels: levels.always,
  source: "KSV-0011 and KSV-0018 (the same for cores and memory)",
  check: (resource) => {
    const { inputs } = resource;
    // A DaemonSet serves GPU nodes without using a GPU, and a resource claim asks in another way.
    if (isDaemonSet(resource) || read(inputs, `${podSpec(resource)}.resourceClaims`) !== undefined) return [];
    const asked = containers(resource).flatMap((container) => checkContainer(inputs, container));
    const asks = containers(resource).some((it) => gpusIn(inputs, `${it}.resources.limits`).length > 0);
    return asks || !goesToGpuNodes(resource) ? asked : [...asked, ...expectSomeGpu(resource)];
  },
};

function gpusIn(inputs: unknown, path: string): readonly string[] {
  return keys(inputs, path).filter((key) => gpuResource.test(key));
}

function goesToGpuNodes(resource: Subject): boolean {
  const spec = podSpec(resource);
  const tolerates = locate(resource.inputs, `${spec}.tolerations[].key`).some(
    ({ value }) => isText(value) && gpuTaints.includes(value),
  );
  return tolerates || keys(resource.inputs, `${spec}.nodeSelector`).some((key) => selectors.some((it) => it === key));
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

function expectSomeGpu(resource: Subject): Outcome[] {
  const { inputs } = resource;
  const list = `${podSpec(resource)}.containers`;
  const hidden = [
    ...items(inputs, list),
    ...containers(resource).map((it) => ({
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
