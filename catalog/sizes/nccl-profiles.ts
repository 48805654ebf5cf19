import type { NcclProfile, TopologyFile } from "../vm-size";
import { topologyFiles } from "./topology-files";

const jobSettings =
  "Azure/ai-infrastructure-on-azure:infrastructure_validations/slurm/NCCL/configs, aks/NCCL/helm/nccl-test (2026-04-22)";
const image = "Azure/azhpc-images:components/customizations, topology (2026-07-29)";

/** A topology file of the HPC image. */
function topology(name: keyof typeof topologyFiles): TopologyFile {
  return {
    imagePath: `/opt/microsoft/${name}`,
    content: topologyFiles[name],
    source: `Azure/azhpc-images:topology/${name} (2026-07-29)`,
  };
}

/**
 * ND H100 v5 and ND H200 v5. The image sets relaxed ordering, CPU affinity and the topology file, a pod has to do it.
 * With the settings of the pod two H200 nodes on AKS reached 483 GB/s; without those of SHARP (`NCCL_COLLNET_ENABLE` and
 * `SHARP_...`) the line rate of 400 is the most. `NCCL_IB_HCA` stays unset: the image's names of the adapters match nothing in
 * a pod, and NCCL would take the network card. The sources write the chunk size as `2M` and `512K`, here it is bytes.
 */
export const hopperNccl: NcclProfile = {
  family: "hopper",
  vm: {
    NCCL_SOCKET_IFNAME: "eth0",
    CUDA_DEVICE_ORDER: "PCI_BUS_ID",
    NCCL_PXN_DISABLE: "1",
    NCCL_MIN_NCHANNELS: "32",
    NCCL_P2P_NET_CHUNKSIZE: "2097152",
    NCCL_IB_QPS_PER_CONNECTION: "4",
    UCX_TLS: "rc",
    UCX_NET_DEVICES: "mlx5_ib0:1",
    NCCL_COLLNET_ENABLE: "1",
    SHARP_SMX_UCX_INTERFACE: "mlx5_ib0:1",
    SHARP_COLL_ENABLE_SAT: "1",
    SHARP_COLL_ENABLE_PCI_RELAXED_ORDERING: "1",
  },
  pod: {
    NCCL_SOCKET_IFNAME: "eth0",
    CUDA_DEVICE_ORDER: "PCI_BUS_ID",
    NCCL_PXN_DISABLE: "1",
    NCCL_MIN_NCHANNELS: "32",
    NCCL_P2P_NET_CHUNKSIZE: "524288",
    NCCL_IB_PCI_RELAXED_ORDERING: "1",
    NCCL_IB_QPS_PER_CONNECTION: "4",
    NCCL_IGNORE_CPU_AFFINITY: "1",
    UCX_TLS: "rc",
    UCX_NET_DEVICES: "mlx5_0:1",
    NCCL_COLLNET_ENABLE: "1",
    SHARP_SMX_UCX_INTERFACE: "mlx5_0:1",
    SHARP_COLL_ENABLE_SAT: "1",
    SHARP_COLL_ENABLE_PCI_RELAXED_ORDERING: "1",
  },
  topology: topology("ndv5-topo.xml"),
  source: `${jobSettings}; measured: edwardsp/azcluster:examples/aks/nccl-allreduce-mpijob.yaml, doc/full-walkthrough-aks-v0.25.0.md (2026-07-24)`,
};

/** GB200 and GB300: multi-node NVLink on. The Hopper values must be absent in pods. No topology file exists. */
export const graceBlackwellNccl: NcclProfile = {
  family: "grace-blackwell",
  vm: {
    NCCL_MNNVL_ENABLE: "1",
    NCCL_NVLS_ENABLE: "1",
    NCCL_SHM_DISABLE: "1",
    NCCL_DMABUF_ENABLE: "1",
    NCCL_IB_SL: "1",
    NCCL_NET_GDR_LEVEL: "PHB",
    NCCL_NET_GDR_C2C: "1",
    NCCL_IB_QPS_PER_CONNECTION: "4",
    NCCL_P2P_NET_CHUNKSIZE: "2097152",
  },
  pod: {
    NCCL_MNNVL_ENABLE: "1",
    NCCL_NVLS_ENABLE: "1",
    NCCL_SHM_DISABLE: "1",
    NCCL_DMABUF_ENABLE: "1",
    NCCL_IB_SL: "1",
    NCCL_NET_GDR_LEVEL: "PHB",
    NCCL_NET_GDR_C2C: "1",
  },
  topology: null,
  source: jobSettings,
};

/** ND A100 v4 and NDm A100 v4: the image sets everything, a pod repeats it. */
export const ndA100Nccl: NcclProfile = {
  family: "nd-a100",
  vm: {},
  pod: {
    NCCL_SOCKET_IFNAME: "eth0",
    NCCL_IB_PCI_RELAXED_ORDERING: "1",
    NCCL_IGNORE_CPU_AFFINITY: "1",
    NCCL_IB_DISABLE: "0",
    NCCL_NET_GDR_LEVEL: "SYS",
  },
  topology: topology("ndv4-topo.xml"),
  source: `${image}; Azure/aks-rdma-infiniband:tests (2026-07-16)`,
};

/** NDv2. */
export const ndV100Nccl: NcclProfile = {
  family: "nd-v100",
  vm: {},
  pod: { NCCL_IGNORE_CPU_AFFINITY: "1" },
  topology: topology("ndv2-topo.xml"),
  source: image,
};

/** ND MI300X v5. RCCL reads the names of NCCL. */
export const mi300xRccl: NcclProfile = {
  family: "mi300x",
  vm: { NCCL_IB_HCA: "mlx5" },
  pod: { NCCL_IB_HCA: "mlx5" },
  topology: null,
  source: `kubernetes-sigs/dranet:examples/azure_aks_examples (2026-08-21); ${image}`,
};

/** NC A100 v4 with more than one GPU: the image also ships a graph file. */
export const ncA100Nccl: NcclProfile = {
  family: "nc-a100",
  vm: {},
  pod: {},
  topology: topology("ncv4-topo.xml"),
  source: image,
};

/** NC RTX PRO 6000 with more than one GPU. */
export const ncRtxNccl: NcclProfile = {
  family: "nc-rtx-pro-6000",
  vm: {},
  pod: { NCCL_SOCKET_IFNAME: "eth0" },
  topology: null,
  source: image,
};
