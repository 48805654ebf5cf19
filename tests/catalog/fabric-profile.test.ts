import { describe, expect, it } from "vitest";
import { fabricPod } from "../../catalog/fabric-pod";
import { type FabricPool, fabricProfile } from "../../catalog/fabric-profile";
import { findVmSize } from "../../catalog/vm-sizes";

const h100: FabricPool = {
  key: "h100",
  size: "Standard_ND96isr_H100_v5",
  gpuStack: "gpu-operator",
  memlock: "node",
  rdmaResource: "rdma/ib",
  gpusPerNode: 8,
};
const gb300: FabricPool = {
  ...h100,
  key: "gb300",
  size: "Standard_ND128isr_GB300_v6",
  gpuStack: "gb-dra",
  gpusPerNode: 4,
};
const a10: FabricPool = {
  key: "a10",
  size: "Standard_NV36ads_A10_v5",
  gpuStack: "aks-driver",
  memlock: null,
  rdmaResource: null,
  gpusPerNode: 1,
};

/** Variables of a pod on a size, as its row has them. */
const envOf = (size: string): object => ({ ...findVmSize(size, undefined)?.nccl?.pod });
const gpuTaint = { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" };

describe("fabricProfile", () => {
  it("asks on H100 for the node whole, its adapters, one domain, and what NCCL needs", () => {
    expect(fabricProfile(h100)).toEqual({
      configMaps: { env: "fabric-h100", files: "fabric-h100-files" },
      resources: { cpu: "90", memory: "1800Gi", "nvidia.com/gpu": "8", "rdma/ib": "8" },
      adapters: null,
      env: envOf(h100.size),
      ncclFamily: "hopper",
      gpuDirect: "peermem",
      sharedMemory: { mountPath: "/dev/shm" },
      securityContext: null,
      nodeSelector: { "azure-gpu-cluster/pool": "h100" },
      tolerations: [gpuTaint],
      podAnnotations: { "kueue.x-k8s.io/podset-required-topology": "azure-gpu-cluster/ib-domain" },
      topologyFile: null,
      computeDomain: false,
    });
  });

  it.each([
    ["AKS's driver reads GPU memory by DMA-BUF", { ...h100, gpuStack: "aks-driver" }, { gpuDirect: "dma-buf" }],
    [
      "pods that lock memory by a capability are root and have no other",
      { ...h100, memlock: "ipc-lock" },
      { securityContext: { runAsUser: 0, capabilities: { add: ["IPC_LOCK"], drop: ["ALL"] } } },
    ],
    [
      "another name of the adapters",
      { ...h100, rdmaResource: "nvidia.com/mlnxnics" },
      { resources: { cpu: "90", memory: "1800Gi", "nvidia.com/gpu": "8", "nvidia.com/mlnxnics": "8" } },
    ],
    [
      "the topology file, which NCCL is told of",
      { ...h100, ncclTopologyFile: true },
      {
        env: { ...envOf(h100.size), NCCL_TOPO_FILE: "/opt/microsoft/ndv5-topo.xml" },
        topologyFile: findVmSize(h100.size, undefined)?.nccl?.topology,
      },
    ],
    [
      "adapters of DRANET are claimed and not counted",
      { ...h100, gpuStack: "aks-driver", rdma: "dranet" },
      {
        resources: { cpu: "90", memory: "1800Gi", "nvidia.com/gpu": "8" },
        adapters: { template: "fabric-h100", deviceClass: "dranet.net", count: 8 },
      },
    ],
    ["a rack reaches GPUs of other nodes by a claim", gb300, { computeDomain: true, ncclFamily: "grace-blackwell" }],
    [
      "without InfiniBand there is no domain and no profile",
      a10,
      { env: {}, ncclFamily: null, gpuDirect: null, podAnnotations: {} },
    ],
    [
      "GPUs of AMD have names of their own",
      { ...h100, key: "mi300x", size: "Standard_ND96isr_MI300X_v5", gpuStack: "amd-operator" },
      { tolerations: [{ ...gpuTaint, key: "amd.com/gpu" }], env: { NCCL_IB_HCA: "mlx5" } },
    ],
  ] satisfies [string, FabricPool, object][])("%s", (_, pool, expected) => {
    expect(fabricProfile(pool)).toMatchObject(expected);
  });

  it("is of GPU pools alone", () => {
    expect(() => fabricProfile({ ...h100, size: "Standard_HB176rs_v4" })).toThrow(
      "GPU pool h100 has a size without GPUs: Standard_HB176rs_v4",
    );
  });
});

describe("fabricPod", () => {
  it("is a pod of the profile, with cores of its own, shared memory and the variables of its pool", () => {
    const profile = fabricProfile(h100);
    expect(fabricPod(profile)).toEqual({
      metadata: { annotations: profile.podAnnotations },
      spec: {
        nodeSelector: profile.nodeSelector,
        tolerations: profile.tolerations,
        containers: [
          {
            name: "main",
            envFrom: [{ configMapRef: { name: "fabric-h100" } }],
            resources: { requests: profile.resources, limits: profile.resources },
            volumeMounts: [{ name: "shared-memory", mountPath: "/dev/shm" }],
          },
        ],
        volumes: [{ name: "shared-memory", emptyDir: { medium: "Memory" } }],
      },
    });
  });

  it("mounts the topology file where NCCL is told to look", () => {
    const profile = fabricProfile({ ...h100, ncclTopologyFile: true });
    expect(fabricPod(profile).spec).toMatchObject({
      containers: [
        {
          volumeMounts: [
            { name: "shared-memory" },
            { name: "fabric", mountPath: profile.env["NCCL_TOPO_FILE"], subPath: "topology.xml", readOnly: true },
          ],
        },
      ],
      volumes: [{ name: "shared-memory" }, { name: "fabric", configMap: { name: "fabric-h100-files" } }],
    });
  });

  it("claims adapters where the pool says so, beside the claim of its job's ComputeDomain", () => {
    expect(fabricPod(fabricProfile({ ...gb300, rdma: "dranet" })).spec).toMatchObject({
      resourceClaims: [
        { name: "adapters", resourceClaimTemplateName: "fabric-gb300" },
        { name: "compute-domain", resourceClaimTemplateName: "compute-domain" },
      ],
      containers: [{ resources: { claims: [{ name: "adapters" }, { name: "compute-domain" }] } }],
    });
  });

  it("has the claim of its job's ComputeDomain on racks", () => {
    expect(fabricPod(fabricProfile(gb300)).spec).toMatchObject({
      resourceClaims: [{ name: "compute-domain", resourceClaimTemplateName: "compute-domain" }],
      containers: [{ resources: { claims: [{ name: "compute-domain" }] } }],
    });
  });
});
