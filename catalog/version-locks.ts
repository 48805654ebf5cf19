import { type ComponentVersion, type OperandImage, operandImages, versions } from "./versions";

/** Components whose version a lock may say. What else stands in `versions` our own code is written against, and moves with the code. */
export const lockedKeys = [
  "certManager",
  "nodeFeatureDiscovery",
  "networkOperator",
  "gpuOperator",
  "nvidiaDriver",
  "dcgm",
  "amdGpuOperator",
  "nvidiaDraDriver",
  "dranet",
  "kueue",
  "jobSet",
  "leaderWorkerSet",
  "trainer",
  "kubeRay",
  "nvSentinel",
  "localCsiDriver",
] as const satisfies readonly (keyof typeof versions)[];

/** A component that a lock says the version of. */
export type LockedKey = (typeof lockedKeys)[number];

/** An image of a node that a lock says the version of. */
export type LockedOperand = keyof typeof operandImages;

/** A version that a lock has in place of the one in `versions`. */
type Pin = Pick<ComponentVersion, "version" | "source">;

/**
 * Versions of everything that one environment runs, by one name: it names the lock, and a promotion is a change of that one line. A lock is
 * `versions` and what it has instead.
 */
export interface VersionLock {
  /** Year and month. */
  readonly name: string;
  /** Lock that its own is an upgrade of, null for the first. */
  readonly after: string | null;
  /** ISO day from which on no environment may name it, null while one may. */
  readonly retiredOn: string | null;
  readonly kubernetes: {
    /** Minor version that an upgrade to the lock brings the cluster to. */
    readonly version: string;
    /** Newest that somebody has looked at the set with; no project names an upper end. */
    readonly newest: string;
    readonly source: string;
  };
  readonly pins: Readonly<Partial<Record<LockedKey, Pin>>>;
  readonly operands: Readonly<Partial<Record<LockedOperand, Pin>>>;
}

/** All locks, the oldest first. */
export const versionLocks = [
  {
    name: "2026.10",
    after: null,
    retiredOn: null,
    kubernetes: {
      version: "1.36",
      newest: "1.37",
      source: "https://github.com/Azure/AKS/releases/tag/2026-10-25",
    },
    pins: {},
    operands: {},
  },
  // The newest lock: Renovate looks for versions behind this line, and nowhere else. It moves with each lock.
  {
    name: "2026.12",
    after: "2026.10",
    retiredOn: null,
    kubernetes: {
      version: "1.37",
      newest: "1.37",
      source: "https://github.com/Azure/AKS/releases/tag/2026-10-25",
    },
    // Kueue stays at 0.19, and with it JobSet, LeaderWorkerSet and KubeRay: nobody has released the 0.20 that takes newer ones.
    pins: {
      certManager: {
        version: "v1.21.2",
        source: "module github.com/cert-manager/cert-manager v1.21.2 (2026-09-10): its CRDs are those of v1.21.1",
      },
      nvidiaDraDriver: {
        version: "0.5.0",
        source: "kubernetes-sigs/dra-driver-nvidia-gpu issue 1365, v0.5.0 (2026-08-19): its CRDs are those of v0.4.1",
      },
      gpuOperator: {
        version: "v26.7.1",
        source:
          "NVIDIA/gpu-operator v26.7.1, as the list of images of NVIDIA/aicr has it, and as a public project runs it with driver 595.91.07",
      },
      dcgm: {
        version: "4.6.1-1-ubuntu24.04",
        source: "list of images of NVIDIA/aicr, 4.6.1-1-ubuntu24.04 beside gpu-operator v26.7.1",
      },
      networkOperator: {
        version: "26.7.0",
        source: "https://docs.nvidia.com/networking/display/kubernetes2670/platform-support.html",
      },
    },
    operands: {
      docaDriver: {
        version: "doca3.5.0-26.07-0.7.7.0-1",
        source: "Mellanox/network-operator-docs: container images of v26.7.0, doca3.5.0-26.07-0.7.7.0-1",
      },
      sriovDevicePlugin: {
        version: "network-operator-v26.7.0",
        source: "Mellanox/network-operator-docs: container images of v26.7.0",
      },
    },
  },
] as const satisfies readonly VersionLock[];

/** Names of the locks, the oldest first. */
export const lockNames = versionLocks.map(({ name }) => name) as [LockName, ...LockName[]];

/** Name of a lock. */
export type LockName = (typeof versionLocks)[number]["name"];

/** The lock of an environment that names none: a newer one is chosen, never come by. */
export const defaultLock: LockName = "2026.10";

/** The lock of a name. */
export function findLock(name: LockName): VersionLock {
  const found: VersionLock | undefined = versionLocks.find((it) => it.name === name);
  if (found === undefined) throw new Error(`No lock has the name ${name}.`);
  return found;
}

/** A row of `versions` whose version, source and digest another one may stand for. */
type Locked<Row> = {
  readonly [P in keyof Row]: P extends "version" | "source" ? string : P extends "digest" ? `sha256:${string}` : Row[P];
};

/** `versions`, with those of a lock. */
export type LockedVersions = { readonly [K in keyof typeof versions]: Locked<(typeof versions)[K]> };

/** All versions of a lock. */
export function versionsOf({ pins }: Pick<VersionLock, "pins">): LockedVersions {
  const pinned = Object.entries(pins).map(([key, pin]) => [key, { ...versions[key as LockedKey], ...pin }] as const);
  return { ...versions, ...(Object.fromEntries(pinned) as Partial<LockedVersions>) };
}

/** All images of nodes of a lock. */
export function operandsOf({ operands }: Pick<VersionLock, "operands">): Readonly<Record<LockedOperand, OperandImage>> {
  return {
    docaDriver: { ...operandImages.docaDriver, ...operands.docaDriver },
    sriovDevicePlugin: { ...operandImages.sriovDevicePlugin, ...operands.sriovDevicePlugin },
  };
}
