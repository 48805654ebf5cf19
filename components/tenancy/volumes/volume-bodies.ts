import type * as k8s from "@pulumi/kubernetes/types/input";
import type { TeamVolume } from "./volume-kind";

/** A volume and its claim, as Kubernetes takes them; the claim without its namespace and without the volume that it binds. */
export interface VolumeBodies {
  readonly persistentVolume: k8s.core.v1.PersistentVolume;
  readonly claim: {
    readonly metadata: { readonly name: string };
    readonly spec: k8s.core.v1.PersistentVolumeClaimSpec;
  };
}

/**
 * The volume and its claim. Static on purpose: a claim must never be able to create, resize or delete the storage, and
 * `Retain` keeps the data when the namespace goes.
 */
export function volumeBodies(
  namespace: string,
  claim: string,
  { claimTiB, source: { csi, ...other }, mountOptions, readOnly }: TeamVolume,
): VolumeBodies {
  const accessModes = [readOnly ? "ReadOnlyMany" : "ReadWriteMany"];
  const storage = quantity(claimTiB);
  const name = `${namespace}-${claim}`;
  return {
    persistentVolume: {
      metadata: { name },
      spec: {
        capacity: { storage },
        accessModes,
        persistentVolumeReclaimPolicy: "Retain",
        storageClassName: "",
        claimRef: { namespace, name: claim },
        mountOptions: [...mountOptions],
        ...other,
        ...(csi !== undefined && { csi: { ...csi, volumeHandle: name } }),
      },
    },
    claim: {
      metadata: { name: claim },
      spec: { accessModes, storageClassName: "", resources: { requests: { storage } } },
    },
  };
}

/** In the largest unit, the way Kubernetes shows it. */
function quantity(tib: number): string {
  if (tib % 1024 === 0) return `${tib / 1024}Pi`;
  return Number.isInteger(tib) ? `${tib}Ti` : `${tib * 1024}Gi`;
}
