import { z } from "zod";
import { gpuDirectOf } from "../../catalog/gpu-direct";
import { gpuNodeTolerations, labels, nodesOfPools, systemNodeToleration } from "../../catalog/scheduling";
import { type LockedOperand, operandsOf } from "../../catalog/version-locks";
import { type OperandImage, versions } from "../../catalog/versions";
import { findVmSize } from "../../catalog/vm-sizes";
import type { GpuDirect } from "../../catalog/vm-size";
import type { Problems } from "../../core/problems";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn, KubernetesObject, KubernetesObjects, PlatformFacts } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/** A pool with InfiniBand whose adapters a device plugin counts, and what its pods ask for them by. */
type InfinibandPool = GpuPoolRef & { readonly rdmaResource: string };

/**
 * InfiniBand adapters as a resource that pods ask for, each adapter for one pod, and the network driver where the GPU driver needs
 * another one than the node's. Where all pools want the same, one policy serves the cluster; else each pool has its own. Costs nothing.
 */
export const networkOperator: AddOn<typeof settings> = {
  name: "network-operator",
  gives: "InfiniBand adapters as a resource of the nodes, and their driver where GPUs need it",
  verify: "kubectl get nicclusterpolicies; kubectl --namespace network-operator get pods -o wide",
  wanted: { when: "a GPU pool has InfiniBand and rdma `sriov`", holds: (facts) => poolsOf(facts).length > 0 },
  needs: ["nodeFeatureDiscovery"],
  after: [],
  // It loads kernel modules and hands out devices.
  namespace: { name: "network-operator", podSecurity: "privileged", ingressPorts: [] },
  release: { name: "network-operator", chart: versions.networkOperator, timeoutSeconds: 600 },
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents({ facts, lock }, problems) {
    const pools = poolsOf(facts);
    problems.require(pools.length > 0, "", "is not possible: no GPU pool has InfiniBand and rdma sriov", {
      remedy: "Leave it out, or declare a pool of a size with InfiniBand (docs/sizes.md)",
    });
    return {
      values: {
        // The add-on `nodeFeatureDiscovery` does both.
        nfd: { enabled: false, deployNodeFeatureRules: false },
        operator: { tolerations: [systemNodeToleration] },
      },
      crds: null,
      objects: policies(pools, operandsOf(lock), problems),
      handsOver: null,
    };
  },
};

function poolsOf({ pools }: PlatformFacts): InfinibandPool[] {
  return pools.flatMap(({ rdmaResource, ...pool }) =>
    rdmaResource === null || pool.rdma === "dranet" ? [] : [{ ...pool, rdmaResource }],
  );
}

/** The operator knows its policy for the cluster by this name only. */
const clusterPolicy = {
  apiVersion: "mellanox.com/v1alpha1",
  kind: "NicClusterPolicy",
  metadata: { name: "nic-cluster-policy" },
};

/** Images that the operator is told to pull. */
type Operands = Readonly<Record<LockedOperand, OperandImage>>;

/**
 * The policies of all pools. One for the cluster brings OFED to all nodes or to none and has one name for adapters, so pools that differ have
 * one each. The one for the cluster then says no more than where the operator works: it still tells nodes without OFED not to wait for it.
 * Source: https://github.com/Mellanox/network-operator/blob/v26.4.1/docs/heterogeneous-cluster-support.md
 */
function policies(pools: readonly InfinibandPool[], operands: Operands, problems: Problems): KubernetesObjects {
  checkResources(pools, problems);
  const keys = pools.map(({ key }) => key);
  const where = {
    nodeAffinity: nodesOfPools(keys),
    tolerations: tolerationsOf(pools),
  };
  const [first] = pools;
  const alike = new Set(pools.map((pool) => `${pool.rdmaResource} ${modeOf(pool) ?? ""}`)).size <= 1;
  if (first === undefined || alike) {
    const sections = first === undefined ? {} : sectionsOf(first, operands);
    return { "network-operator-policy": { ...clusterPolicy, spec: { ...where, ...sections } } };
  }
  const own = pools.map((pool): [string, KubernetesObject] => [
    `network-operator-policy-${pool.key}`,
    {
      apiVersion: clusterPolicy.apiVersion,
      kind: "NicNodePolicy",
      metadata: { name: pool.key },
      spec: {
        nodeSelector: { [labels.pool]: pool.key },
        tolerations: tolerationsOf([pool]),
        ...sectionsOf(pool, operands),
      },
    },
  ]);
  return { "network-operator-policy": { ...clusterPolicy, spec: where }, ...Object.fromEntries(own) };
}

function tolerationsOf(pools: readonly InfinibandPool[]): object[] {
  return gpuNodeTolerations(pools.flatMap(({ size, figures }) => findVmSize(size, figures)?.gpu ?? []));
}

/** What the nodes of a pool get. */
function sectionsOf(pool: InfinibandPool, operands: Operands): object {
  return {
    sriovDevicePlugin: {
      ...imageOf(operands.sriovDevicePlugin),
      config: devicePluginConfig(pool.rdmaResource),
    },
    ...(modeOf(pool) === "peermem" && { ofedDriver: ofedDriver(operands) }),
  };
}

/**
 * OFED, compiled on the node as it starts. The list of modules in `env` keeps those of the node's kernel from being loaded first.
 * Source: Azure/aks-rdma-infiniband:configs/nicclusterpolicy/base/nic.yaml (2026), Mellanox/doca-driver-build issue 52
 */
function ofedDriver({ docaDriver }: Operands): object {
  return {
    ...imageOf(docaDriver),
    env: [{ name: "OFED_BLACKLIST_MODULES_FILE", value: "/host/etc/modprobe.d/blacklist-ofed-modules.conf" }],
    // A new driver takes the adapters away from whatever runs.
    upgradePolicy: { autoUpgrade: false },
  };
}

function imageOf({ repository, image, version }: OperandImage): object {
  return { repository, image, version };
}

/**
 * What the SR-IOV device plugin hands out: adapters of NVIDIA whose link is InfiniBand, never the network card of the VM.
 * Source: Azure/aks-rdma-infiniband:configs/nicclusterpolicy/sriov-device-plugin/sriov.yaml
 */
function devicePluginConfig(resource: string): string {
  const [resourcePrefix, resourceName] = resource.split("/");
  const selectors = { vendors: ["15b3"], linkTypes: ["infiniband"], isRdma: true };
  return JSON.stringify({ resourceList: [{ resourcePrefix, resourceName, selectors }] });
}

/** Notes names that the device plugin cannot give. */
function checkResources(pools: readonly InfinibandPool[], problems: Problems): void {
  // Source: k8snetworkplumbingwg/sriov-network-device-plugin:README.md (resourceName)
  for (const { key, rdmaResource } of pools.filter((it) => !/^[^/]+\/\w+$/.test(it.rdmaResource))) {
    problems.require(false, "", "must give adapters a name of letters, digits and underscores after the slash", {
      got: rdmaResource,
      remedy: `Write another rdmaResource at gpuPools.${key}, or networkOperator: false and install a device plugin yourself`,
    });
  }
}

function modeOf({ size, figures, gpuStack }: InfinibandPool): GpuDirect["mode"] | undefined {
  return gpuDirectOf(findVmSize(size, figures), gpuStack)?.mode;
}
