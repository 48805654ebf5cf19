import type { FabricProfile } from "../catalog/fabric-profile";
import { spotTaint } from "../catalog/scheduling";
import { versions } from "../catalog/versions";
import type { Check } from "./check";
import { type FioWay, fioScript, readFio } from "./fio";
import { imageOf } from "../catalog/image-of";
import { jobOf } from "./job";

/** A storage class, and the pool on whose nodes it is tried. */
export interface VolumePlace {
  readonly storageClass: string;
  readonly pool: string;
  readonly profile: Pick<FabricProfile, "nodeSelector" | "tolerations">;
}

/** Jobs of fio on one node's own disks. */
const load = { jobs: 4, gibPerJob: 8 };

/** Reads or writes of a fresh volume of a storage class. Nobody publishes floors. */
export function volumeRate({ storageClass, pool, profile }: VolumePlace, way: FioWay): Check {
  const name = `fio-${way}-${pool}`;
  return {
    name,
    title: `fio, large ${way}s of a volume of ${storageClass} on a node of ${pool}`,
    pool,
    pods: 1,
    minutes: 10,
    unit: "GB/s",
    floor: null,
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
                resources: { requests: { cpu: "4", memory: "2Gi" }, limits: { memory: "2Gi" } },
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
