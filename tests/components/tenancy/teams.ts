import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import type { TeamNamespaceShape } from "../../../components/tenancy/team-namespace/shape";
import type { TeamNamespaceArgs } from "../../../components/tenancy/team-namespace/team-namespace";
import { blob } from "../../../components/tenancy/volumes/blob";
import { lustre } from "../../../components/tenancy/volumes/lustre";
import type { TeamVolume } from "../../../components/tenancy/volumes/volume-kind";

/** Two nodes of eight H100. */
export const h100Pool: GpuPoolRef = {
  key: "h100",
  size: "Standard_ND96isr_H100_v5",
  gpuStack: "gpu-operator",
  memlock: "node",
  rdmaResource: "rdma/ib",
  nodePools: ["h100d1"],
  maxNodes: 2,
  spareNodes: 0,
  migProfile: null,
  gpusPerNode: 8,
};

/** A training team on both nodes. */
export const vision = {
  kind: "training",
  team: "vision",
  gpus: 16,
  groupObjectId: "22222222-2222-4222-8222-222222222222",
} as const satisfies TeamNamespaceShape;

/** A directory of 16 TiB of Lustre. */
export const lustreVolume: TeamVolume = lustre.volume(
  { mgsAddress: "10.64.48.4", sizeTiB: 16 },
  { part: "teams/train-vision", identityClientId: "client" },
);

/** A container of a store. */
export const blobVolume: TeamVolume = blob.volume(
  { accountName: "data", accountResourceId: "/id/of/data", resourceGroupName: "rg-test" },
  { part: "train-vision", identityClientId: "client" },
);

/** The training team with what connects it, and no storage. */
export const visionArgs = {
  ...vision,
  pool: h100Pool,
  identityClientId: "client",
  podSecurityVersion: "v1.36",
} as const satisfies TeamNamespaceArgs;
