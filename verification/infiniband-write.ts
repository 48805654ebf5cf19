import type { FabricProfile } from "../catalog/fabric-profile";
import { versions } from "../catalog/versions";
import { logSections } from "../components/platform/node-health/controller/log-sections";
import { writeBandwidth } from "../components/platform/node-health/controller/tool-output";
import type { Check, PodMessages, Reading, RunPlace } from "./check";
import { imageOf } from "../catalog/image-of";
import { hostOf } from "./job";
import { nothing, readSection } from "./read-section";
import { scriptPrelude } from "./script";
import { wholeNodeJob } from "./whole-node-job";

/** A pool between two of whose nodes adapters write. */
export interface InfinibandPool {
  readonly key: string;
  readonly profile: FabricProfile;
  readonly hcas: number;
  /** Memory that adapters write from. */
  readonly writeFrom: "gpu" | "host";
}

/** RDMA writes of each adapter of one node to its like on another one. The slowest counts. */
export function infinibandWrite(pool: InfinibandPool, floorGbps: number | null): Check {
  const name = `ib-write-${pool.key}`;
  return {
    name,
    title: `ib_write_bw of each adapter between two nodes of ${pool.key}, from ${pool.writeFrom === "gpu" ? "GPU" : "host"} memory`,
    pool: pool.key,
    pods: 2,
    minutes: 20,
    unit: "Gb/s",
    floor: floorGbps === null ? null : { warn: null, fail: floorGbps },
    objects: (place) =>
      wholeNodeJob(place, pool.profile, {
        name,
        pods: 2,
        image: imageOf(versions.nodeHealthChecks),
        script: scriptOf(place, name, pool),
      }),
    read: ([writer]) => readWrites(writer, pool.hcas),
  };
}

const part = "ib-write ";

/**
 * The second pod listens on one adapter after the other, the first one writes: it tries again while the other is late.
 * Source of the options: Azure/azurehpc-health-checks:customTests/azure_ib_write_bw_gdr.nhc (2026-05-01)
 */
function scriptOf(place: RunPlace, name: string, { writeFrom }: InfinibandPool): string {
  const [program, memory] = writeFrom === "gpu" ? ["ib_write_bw", ' --use_cuda="$place"'] : ["ib_write_bw_nongdr", ""];
  return `${scriptPrelude}
run() { timeout "$1" /azure-nhc/bin/${program} -d "$adapter" -p "$((18510 + place))" -s 8388608 -x 0 -F --report_gbits --perform_warm_up${memory} "\${@:2}"; }
adapters=()
for port in $(printf '%s\\n' /sys/class/infiniband/*/ports/1 | sort -V); do
  [ "$(cat "$port/link_layer" 2> /dev/null)" = InfiniBand ] || continue
  adapters+=("$(basename "\${port%/ports/1}")")
done
listen() { run 1800 > /dev/null; }
write() {
  local answer tries
  for tries in {1..120}; do
    if answer=$(run 120 ${hostOf(place, name, 1)}); then
      grep -A 1 '#bytes' <<< "$answer"
      return
    fi
    sleep 5
  done
  return 1
}
code=0
for place in "\${!adapters[@]}"; do
  adapter=\${adapters[$place]}
  if [ "$JOB_COMPLETION_INDEX" = 1 ]; then listen; else section "${part}$adapter" write; fi
  code=$?
  [ "$code" = 0 ] || break
done
exit "$code"
`;
}

function readWrites(pod: PodMessages | undefined, hcas: number): Reading {
  const message = pod?.["main"];
  const names = [...logSections(message ?? "").keys()].filter((it) => it.startsWith(part));
  let slowest: { readonly value: number; readonly adapter: string } | undefined;
  for (const name of names) {
    const read = readSection(message, name, (lines) => {
      const value = writeBandwidth(lines);
      return value === undefined ? nothing(`'${name}' shows no result`) : { kind: "measured", value, detail: "" };
    });
    if (read.kind !== "measured") return read;
    if (slowest === undefined || read.value < slowest.value)
      slowest = { value: read.value, adapter: name.slice(part.length) };
  }
  if (slowest === undefined || names.length < hcas)
    return nothing(`${names.length} of ${hcas} adapters of a node were measured`);
  return { kind: "measured", value: slowest.value, detail: `slowest of ${hcas}: ${slowest.adapter}` };
}
