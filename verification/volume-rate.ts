import { z } from "zod";
import type { FabricProfile } from "../catalog/fabric-profile";
import { spotTaint } from "../catalog/scheduling";
import { versions } from "../catalog/versions";
import type { Check, PodMessages, Reading } from "./check";
import { imageOf } from "./image-of";
import { jobOf } from "./job";
import { nothing } from "./read-section";

/** A storage class, and the pool on whose nodes it is tried. */
export interface VolumePlace {
  readonly storageClass: string;
  readonly pool: string;
  readonly profile: Pick<FabricProfile, "nodeSelector" | "tolerations">;
}

/** Large reads or writes of a fresh volume of a storage class, past the page cache, for a minute. Nobody publishes floors. */
export function volumeRate({ storageClass, pool, profile }: VolumePlace, way: "read" | "write"): Check {
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
                command: ["sh", "-c", scriptOf(way)],
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

/** A message has room for 4096 bytes: what fio says of four jobs together, without white space and percentiles. */
function scriptOf(way: "read" | "write"): string {
  return `fio --name=verify --directory=/target --rw=${way} --bs=1M --size=8G --numjobs=4 --iodepth=32 --ioengine=libaio --direct=1 \\
  --time_based --runtime=60 --group_reporting --clat_percentiles=0 --lat_percentiles=0 --output-format=json --output=/tmp/result || exit
tr -d ' \\t\\n' < /tmp/result > /dev/termination-log
`;
}

/** What fio reports of a way. Source: axboe/fio:HOWTO.rst, JSON output (3.33 and 3.42) */
const ways = z.object({ io_bytes: z.number(), bw_bytes: z.number(), runtime: z.number() });
const report = z.object({ jobs: z.tuple([z.object({ error: z.number(), read: ways, write: ways })]) });

function readFio(pod: PodMessages | undefined, way: "read" | "write"): Reading {
  const message = pod?.["main"] ?? "";
  const found = parse(message.slice(Math.max(0, message.indexOf("{"))));
  if (found === undefined) return nothing("what its pod wrote is no whole report of fio");
  const [{ error, [way]: rate }] = found.jobs;
  if (error !== 0) return nothing(`fio met error ${error}`);
  // Without a byte moved there is nothing that was measured.
  if (rate.io_bytes === 0 || rate.runtime === 0) return nothing(`fio reports no ${way}s`);
  return {
    kind: "measured",
    value: Math.round(rate.bw_bytes / 1e7) / 100,
    detail: `${Math.round(rate.io_bytes / 1e9)} GB in ${Math.round(rate.runtime / 1000)} s`,
  };
}

function parse(text: string): z.output<typeof report> | undefined {
  try {
    return report.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
