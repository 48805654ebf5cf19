/**
 * How pods of an InfiniBand pool get to lock memory, which RDMA registers its buffers in and a container's default limit
 * forbids. `node`: the node's container runtime is started with an unlimited limit, so that every pod may, at any Pod Security
 * level. `ipc-lock`: pods add the capability IPC_LOCK, which their namespace lets them, and run as root, since an added capability
 * helps nobody else.
 * Source: Azure/aks-rdma-infiniband website/docs/configurations/01-network-operator.md (2026-07-16), kubernetes Pod Security Standards
 */
export const memlockModes = ["node", "ipc-lock"] as const;
export type MemlockMode = (typeof memlockModes)[number];
