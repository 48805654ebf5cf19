import { z } from "zod";
import { gpuDirectOf } from "../../catalog/gpu-direct";
import { gpuNodeTolerations, labels, systemNodeToleration } from "../../catalog/scheduling";
import { operandImages, versions } from "../../catalog/versions";
import { findVmSize } from "../../catalog/vm-sizes";
import type { GpuDirect } from "../../catalog/vm-size";
import type { Problems } from "../../core/problems";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn, KubernetesObject, PlatformFacts } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/** A pool with InfiniBand whose adapters a device plugin counts, and what its pods ask for them by. */
type InfinibandPool = GpuPoolRef & { readonly rdmaResource: string };

/**
 * InfiniBand adapters as a resource that pods ask for, each adapter for one pod, and the network driver where the GPU driver needs
 * another one than the node's. All of it is one object of NVIDIA's network operator, of which a cluster has one. Costs nothing.
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
  contents({ facts }, problems) {
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
      // The operator knows this name only.
      objects: { "network-operator-policy": nicClusterPolicy("nic-cluster-policy", pools, problems) },
      handsOver: null,
    };
  },
};

function poolsOf({ pools }: PlatformFacts): InfinibandPool[] {
  return pools.flatMap(({ rdmaResource, ...pool }) =>
    rdmaResource === null || pool.rdma === "dranet" ? [] : [{ ...pool, rdmaResource }],
  );
}

function nicClusterPolicy(name: string, pools: readonly InfinibandPool[], problems: Problems): KubernetesObject {
  const gpus = pools.flatMap(({ size, figures }) => findVmSize(size, figures)?.gpu ?? []);
  const keys = pools.map(({ key }) => key);
  return {
    apiVersion: "mellanox.com/v1alpha1",
    kind: "NicClusterPolicy",
    metadata: { name },
    spec: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: labels.pool, operator: "In", values: keys }] }],
        },
      },
      tolerations: gpuNodeTolerations(gpus),
      sriovDevicePlugin: {
        ...imageOf(operandImages.sriovDevicePlugin),
        config: devicePluginConfig(onlyResource(pools, problems)),
      },
      ...(onlyMode(pools, problems) === "peermem" && { ofedDriver }),
    },
  };
}

/**
 * OFED, compiled on the node as it starts. The list of modules in `env` keeps those of the node's kernel from being loaded first.
 * Source: Azure/aks-rdma-infiniband:configs/nicclusterpolicy/base/nic.yaml (2026), Mellanox/doca-driver-build issue 52
 */
const ofedDriver = {
  ...imageOf(operandImages.docaDriver),
  env: [{ name: "OFED_BLACKLIST_MODULES_FILE", value: "/host/etc/modprobe.d/blacklist-ofed-modules.conf" }],
  // A new driver takes the adapters away from whatever runs.
  upgradePolicy: { autoUpgrade: false },
} as const;

function imageOf({ repository, image, version }: (typeof operandImages)[keyof typeof operandImages]): object {
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

/** The resource of all pools: the plugin would give adapters of one node to the first name that matches. */
function onlyResource(pools: readonly InfinibandPool[], problems: Problems): string {
  const names = [...new Set(pools.map(({ rdmaResource }) => rdmaResource))];
  const [first = ""] = names;
  const where = pools.map(({ key }) => `gpuPools.${key}`).join(", ");
  problems.require(names.length <= 1, "", "must give adapters one name: its policy is one for the cluster", {
    got: names.join(", "),
    remedy: `Write the same rdmaResource at ${where}, or networkOperator: false and install a device plugin yourself`,
  });
  // Source: k8snetworkplumbingwg/sriov-network-device-plugin:README.md (resourceName)
  for (const name of names.filter((it) => !/^[^/]+\/\w+$/.test(it))) {
    problems.require(false, "", "must give adapters a name of letters, digits and underscores after the slash", {
      got: name,
      remedy: `Write another rdmaResource at ${where}, or networkOperator: false and install a device plugin yourself`,
    });
  }
  return first;
}

/** How the adapters of all pools read GPU memory: the policy brings OFED to each of their nodes or to none. */
function onlyMode(pools: readonly InfinibandPool[], problems: Problems): GpuDirect["mode"] | undefined {
  const modes = pools.map((pool) => ({ key: pool.key, mode: modeOf(pool) }));
  const [first] = modes;
  const other = modes.find(({ mode }) => mode !== first?.mode);
  problems.require(
    other === undefined,
    "",
    `cannot serve gpuPools.${first?.key ?? ""} (${first?.mode ?? "no GPUDirect"}) and gpuPools.${other?.key ?? ""} ` +
      `(${other?.mode ?? "no GPUDirect"}) together: its policy, one for the cluster, brings OFED to all of their nodes or to none`,
    { remedy: "Give both pools the same gpuStack, or write networkOperator: false and install it yourself" },
  );
  return first?.mode;
}

function modeOf({ size, figures, gpuStack }: InfinibandPool): GpuDirect["mode"] | undefined {
  return gpuDirectOf(findVmSize(size, figures), gpuStack)?.mode;
}
