import type { FabricProfile } from "../catalog/fabric-profile";
import { spotTaint } from "../catalog/scheduling";
import { versions } from "../catalog/versions";
import type { Check, Floor } from "./check";
import { type FioLoad, type FioWay, fioScript, readFio } from "./fio";
import { imageOf } from "../catalog/image-of";
import { jobOf } from "./job";

/** A volume of a storage class, and where and how it is tried. */
export interface TriedVolume {
  /** Ends the names of its checks. */
  readonly name: string;
  readonly storageClass: string;
  /** The pool on whose nodes it is tried. */
  readonly at: { readonly pool: string; readonly profile: Pick<FabricProfile, "nodeSelector" | "tolerations"> };
  readonly load: FioLoad;
  /** CPUs that fio asks for. */
  readonly cpu: string;
  readonly floor: Floor | null;
}

/** Reads or writes of a fresh volume of a storage class, which goes with the pod. */
export function volumeRate(volume: TriedVolume, way: FioWay): Check {
  const { storageClass, at, load, cpu, floor } = volume;
  const { pool, profile } = at;
  const name = `fio-${way}-${volume.name}`;
  return {
    name,
    title: `fio, large ${way}s of a volume of ${storageClass} on a node of ${pool}`,
    pool,
    pods: 1,
    minutes: 10,
    unit: "GB/s",
    floor,
    objects: (place) =>
      jobOf(place, {
        name,
        pods: 1,
        talks: false,
        pod: {
          metadata: {},
          spec: {
            nodeSelector: profile.nodeSelector,
            tolerations: [...profile.tolerations, { key: spotTaint.key, operator: "Exists", effect: spotTaint.effect }],
            // The image names no user, and a fresh volume belongs to the group.
            securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532 },
            containers: [
              {
                name: "main",
                image: imageOf(versions.fio),
                command: ["sh", "-c", fioScript(way, load)],
                terminationMessagePolicy: "FallbackToLogsOnError",
                resources: { requests: { cpu, memory: "2Gi" }, limits: { memory: "2Gi" } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                  seccompProfile: { type: "RuntimeDefault" },
                },
                volumeMounts: [
                  { name: "target", mountPath: "/target" },
                  { name: "tmp", mountPath: "/tmp" },
                ],
              },
            ],
            volumes: [
              {
                name: "target",
                ephemeral: {
                  volumeClaimTemplate: {
                    spec: {
                      accessModes: ["ReadWriteOnce"],
                      storageClassName: storageClass,
                      resources: { requests: { storage: "64Gi" } },
                    },
                  },
                },
              },
              { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
            ],
          },
        },
      }),
    read: ([pod]) => readFio(pod, way),
  };
}
