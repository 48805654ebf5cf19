import { gpuResources } from "../../../catalog/scheduling";
import { findVmSize, vmSizes } from "../../../catalog/vm-sizes";
import { isText, numeral, unjudged, violation } from "../../engine/expect";
import { items, read } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { isDaemonSet, podHolders, type PodSpec, podSpecs } from "./pods";
import { asksForRdma, gpusAsked } from "./devices";

export const k8sRdmaComplete: ResourceRule = {
  id: 190,
  name: "k8s-rdma-complete",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title:
    "A pod that asks for InfiniBand takes all GPUs of a node, each container in question some of them, and has memory as its /dev/shm.",
  why: "NCCL falls back to TCP without a word, shares adapters with the other pod of a node, or dies in the first collective on 64 MiB of shared memory.",
  remedy: "Set limits for all GPUs of a node beside rdma/*, and mount an emptyDir with medium Memory at /dev/shm.",
  severity: "high",
  levels: levels.always,
  source: "Azure/aks-rdma-infiniband; Azure/AKS#4893",
  check: (resource) =>
    podSpecs(resource)
      .filter((spec) => spec.whole && !isDaemonSet(resource))
      .flatMap((spec) => {
        const asking = spec.containers.filter((it) => asksForRdma(resource.inputs, it));
        return [
          ...asking.flatMap((container) => [
            ...expectGpus(resource.inputs, spec, container),
            ...expectSharedMemory(resource.inputs, spec.path, container),
          ]),
          ...(asking.length > 0 ? expectWholeNode(resource.inputs, spec) : []),
        ];
      }),
};

/** A resource claim asks for GPUs in another way. */
function claims(inputs: unknown, { path }: PodSpec): boolean {
  return read(inputs, `${path}.resourceClaims`) !== undefined;
}

function expectGpus(inputs: unknown, spec: PodSpec, container: string): Outcome[] {
  const path = `${container}.resources.limits`;
  return claims(inputs, spec) || gpusAsked(inputs, container).length > 0
    ? []
    : [{ path, is: "InfiniBand without a GPU", must: "hold a GPU beside rdma/*" }];
}

/** Adapters are those of the node: two pods on one of them would share them. Parts of GPUs are no GPUs here: NCCL takes whole ones. */
function expectWholeNode(inputs: unknown, spec: PodSpec): Outcome[] {
  if (claims(inputs, spec)) return [];
  const limits = spec.containers
    .filter((it) => it.startsWith(`${spec.path}.containers[`))
    .flatMap((it) => gpuResources.map((name) => `${it}.resources.limits["${name}"]`));
  const [asked, hidden] = [
    limits.map((it) => Number(numeral(read(inputs, it)) ?? 0)).reduce((sum, it) => sum + it, 0),
    limits.find((it) => isUnknown(read(inputs, it))),
  ];
  if (hidden !== undefined) return [unjudged(hidden)];
  const whole = wholeNodes(read(inputs, `${spec.path}.nodeSelector["node.kubernetes.io/instance-type"]`));
  // None at all is said of the container.
  return asked === 0 || whole.includes(asked)
    ? []
    : [
        {
          path: `${spec.path}.containers`,
          is: `with ${asked} GPU${asked === 1 ? "" : "s"}`,
          must: `ask for all GPUs of a node with InfiniBand: ${whole.join(" or ")}`,
        },
      ];
}

/** GPUs of the size that a pod selects, or of any size with InfiniBand. */
function wholeNodes(selected: unknown): readonly number[] {
  const size = isText(selected) ? findVmSize(selected) : undefined;
  const sizes = size?.infiniband == null ? [...vmSizes.values()].filter((it) => it.infiniband !== null) : [size];
  return [...new Set(sizes.flatMap(({ gpu }) => gpu?.count ?? []))].sort((a, b) => a - b);
}

function expectSharedMemory(inputs: unknown, spec: string, container: string): Outcome[] {
  const volumes = items(inputs, `${spec}.volumes`);
  const mounts = items(inputs, `${container}.volumeMounts`);
  const hidden = [...volumes, ...mounts].find(({ value }) => isUnknown(value));
  const inMemory = volumes
    .filter(({ value }) => read(value, "emptyDir.medium") === "Memory")
    .map(({ value }) => read(value, "name"));
  const mounted = mounts.some(({ value }) => {
    const name = read(value, "name");
    return read(value, "mountPath") === "/dev/shm" && isText(name) && inMemory.includes(name);
  });
  if (mounted) return [];
  if (hidden !== undefined) return [unjudged(hidden.path)];
  return [violation(`${container}.volumeMounts`, undefined, "mount an emptyDir with medium Memory at /dev/shm")].map(
    (it) => ({ ...it, is: "without shared memory" }),
  );
}
