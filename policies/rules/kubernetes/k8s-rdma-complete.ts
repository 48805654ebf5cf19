import { isText, unjudged, violation } from "../../engine/expect";
import { items, read } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { isDaemonSet, podHolders, podSpecs } from "./pods";
import { asksForRdma, gpusAsked } from "./devices";

export const k8sRdmaComplete: ResourceRule = {
  id: 190,
  name: "k8s-rdma-complete",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "A container that asks for InfiniBand asks for GPUs too and has memory as its /dev/shm.",
  why: "NCCL falls back to TCP without a word, or dies in the first collective on 64 MiB of shared memory.",
  remedy: "Set limits for GPUs beside rdma/*, and mount an emptyDir with medium Memory at /dev/shm.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "Azure/aks-rdma-infiniband; Azure/AKS#4893",
  check: (resource) =>
    podSpecs(resource)
      .filter((spec) => spec.whole && !isDaemonSet(resource))
      .flatMap((spec) =>
        spec.containers
          .filter((it) => asksForRdma(resource.inputs, it))
          .flatMap((container) => [
            ...expectGpus(resource.inputs, container),
            ...expectSharedMemory(resource.inputs, spec.path, container),
          ]),
      ),
};

function expectGpus(inputs: unknown, container: string): Outcome[] {
  const path = `${container}.resources.limits`;
  return gpusAsked(inputs, container).length > 0
    ? []
    : [{ path, is: "InfiniBand without a GPU", must: "hold a GPU beside rdma/*" }];
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
