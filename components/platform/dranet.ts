import { z } from "zod";
import { isAtLeast } from "../../catalog/kubernetes-versions";
import { dranetNames } from "../../catalog/owned-parts";
import { gpuNodeTolerations, nodesOfPools } from "../../catalog/scheduling";
import { versions } from "../../catalog/versions";
import { findVmSize } from "../../catalog/vm-sizes";
import type { Problems } from "../../core/problems";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn, KubernetesObject, PlatformFacts } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/**
 * First version of Kubernetes that serves a name of resources, such as `rdma/ib`, from a class of devices without a feature gate.
 * Source: kubernetes/kubernetes:pkg/features/kube_features.go (v1.36.3, DRAExtendedResource)
 */
const namesSince = "1.36";

/** A pool whose pods claim adapters, and the name by which they can ask for them, too. */
type InfinibandPool = GpuPoolRef & { readonly rdmaResource: string };

/**
 * InfiniBand adapters as devices that pods claim, on pools that say so: a pod gets the device files of its own adapters and of no others,
 * and a claim may ask for adapters that lie near its GPUs. Pods that ask by the pool's `rdmaResource` get them, too, but none that queue:
 * Kueue looks for the name among what the kubelet of a node counts. Costs nothing.
 */
export const dranet: AddOn<typeof settings> = {
  name: "dranet",
  gives: "InfiniBand adapters as devices that pods claim, on pools that say so",
  verify: "kubectl get deviceclass dranet.net; kubectl get resourceslices --field-selector spec.driver=dra.net",
  wanted: { when: "a GPU pool has rdma `dranet`", holds: (facts) => poolsOf(facts).length > 0 },
  needs: [],
  after: [],
  // It hands out devices of the node, through the container runtime.
  namespace: { name: "dranet", podSecurity: "privileged", ingressPorts: [] },
  release: { name: "dranet", chart: versions.dranet, timeoutSeconds: 600 },
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents({ facts }, problems) {
    const pools = poolsOf(facts);
    problems.require(pools.length > 0, "", "is not possible: no GPU pool has rdma dranet", {
      remedy: "Leave it out: a pool brings it by its word",
    });
    problems.require(
      pools.length === 0 || isAtLeast(facts.kubernetesVersion, namesSince),
      "",
      `needs Kubernetes ${namesSince}, which gives pods that ask for adapters by name the devices of a class`,
      {
        got: facts.kubernetesVersion,
        remedy: `Upgrade the cluster, or leave rdma out at ${pools.map(({ key }) => `gpuPools.${key}`).join(", ")}`,
      },
    );
    return {
      values: valuesOf(pools),
      crds: null,
      objects: { "dranet-adapters": deviceClass(onlyResource(pools, problems)) },
      handsOver: null,
    };
  },
};

function poolsOf({ pools }: PlatformFacts): InfinibandPool[] {
  return pools.flatMap(({ rdmaResource, ...pool }) =>
    rdmaResource !== null && pool.rdma === "dranet" ? [{ ...pool, rdmaResource }] : [],
  );
}

/** The resource of all pools: a class of devices has one name. */
function onlyResource(pools: readonly InfinibandPool[], problems: Problems): string {
  const names = [...new Set(pools.map(({ rdmaResource }) => rdmaResource))];
  problems.require(names.length <= 1, "", "must give adapters one name: a class of devices has one", {
    got: names.join(", "),
    remedy: `Write the same rdmaResource at ${pools.map(({ key }) => `gpuPools.${key}`).join(", ")}`,
  });
  return names[0] ?? "";
}

/**
 * Adapters of InfiniBand, and never the network card of the VM, which speaks RDMA, too: only what has no network interface has this
 * attribute.
 * Source: kubernetes-sigs/dranet:pkg/inventory/db.go (v1.4.0, AttrRDMADevice)
 */
function deviceClass(extendedResourceName: string): KubernetesObject {
  return {
    apiVersion: "resource.k8s.io/v1",
    kind: "DeviceClass",
    metadata: { name: dranetNames.deviceClass },
    spec: {
      selectors: [
        { cel: { expression: 'device.driver == "dra.net" && "rdmaDevice" in device.attributes["dra.net"]' } },
      ],
      extendedResourceName,
    },
  };
}

/** Source of every path: kubernetes-sigs/dranet:deployments/helm/dranet/values.yaml (v1.4.0) */
function valuesOf(pools: readonly InfinibandPool[]): Record<string, unknown> {
  const gpus = pools.flatMap(({ size, figures }) => findVmSize(size, figures)?.gpu ?? []);
  return {
    // The chart's own are for every node with whatever taint.
    tolerations: gpuNodeTolerations(gpus),
    affinity: { nodeAffinity: nodesOfPools(pools.map(({ key }) => key)) },
    args: {
      // Adapters have no network interface of their own here, and a pod must not take that of another kind from the node.
      // Source: kubernetes-sigs/dranet:examples/azure_aks_examples/README.md (v1.4.0)
      moveIBInterfaces: false,
      cloudProviderHint: "AZURE",
    },
    resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "512Mi" } },
  };
}
