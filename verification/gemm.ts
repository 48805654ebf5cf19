import type { FabricProfile } from "../catalog/fabric-profile";
import { versions } from "../catalog/versions";
import { logSections } from "../components/platform/node-health/controller/log-sections";
import type { Check, Floor, PodMessages, Reading } from "./check";
import { imageOf } from "../catalog/image-of";
import { nothing, readSection } from "./read-section";
import { scriptPrelude } from "./script";
import { wholeNodeJob } from "./whole-node-job";

/** A pool whose GPUs multiply matrices. */
export interface GemmPool {
  readonly key: string;
  readonly profile: FabricProfile;
  readonly gpus: number;
}

/** A minute of matrix products on every GPU of a node at once, as the floors were measured. The slowest counts. */
export function gemm(pool: GemmPool, floor: Floor | null): Check {
  const name = `gemm-${pool.key}`;
  return {
    name,
    title: `matrix products (ubergemm) on each GPU of a node of ${pool.key}`,
    pool: pool.key,
    pods: 1,
    minutes: 10,
    unit: "TFLOPS",
    floor,
    objects: (place) =>
      wholeNodeJob(place, pool.profile, {
        name,
        pods: 1,
        image: imageOf(versions.dcgm),
        script: scriptOf(pool.gpus),
      }),
    read: ([pod]) => readProducts(pod, pool.gpus),
  };
}

const part = "gemm ";

/**
 * The tool lies with the plug-ins of DCGM, a copy for each CUDA; the newest is the one for the drivers of today.
 * Source: Azure/ai-infrastructure-on-azure:skills/ai-infra/references/gpu_validation.md (2026-04), of tool, option and output
 */
function scriptOf(gpus: number): string {
  return `${scriptPrelude}
tool=$(printf '%s\\n' /usr/libexec/datacenter-gpu-manager-4/plugins/cuda*/updated/ubergemm | sort -V | tail -n 1)
one() { CUDA_VISIBLE_DEVICES=$1 timeout 300 "$tool" -t 60 > "/tmp/gemm.$1" 2>&1; echo "$?" > "/tmp/code.$1"; }
result() {
  if [ "$(cat "/tmp/code.$1")" != 0 ]; then tail -n 2 "/tmp/gemm.$1"; return "$(cat "/tmp/code.$1")"; fi
  grep -o 'GFlops:[^ ]*' "/tmp/gemm.$1" | tail -n 1
}
pids=()
for gpu in {0..${gpus - 1}}; do one "$gpu" & pids+=("$!"); done
wait "\${pids[@]}"
code=0
for gpu in {0..${gpus - 1}}; do section "${part}$gpu" result "$gpu" || code=$?; done
exit "$code"
`;
}

function readProducts(pod: PodMessages | undefined, gpus: number): Reading {
  const message = pod?.["main"];
  const names = [...logSections(message ?? "").keys()].filter((it) => it.startsWith(part));
  let slowest: { readonly value: number; readonly gpu: string } | undefined;
  for (const name of names) {
    const read = readSection(message, name, (lines) => {
      const gflops = lines.flatMap((line) => /^GFlops:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(line.trim())?.[1] ?? [])[0];
      return gflops === undefined
        ? nothing(`'${name}' shows no result`)
        : { kind: "measured", value: Math.round(Number(gflops) / 100) / 10, detail: "" };
    });
    if (read.kind !== "measured") return read;
    if (slowest === undefined || read.value < slowest.value)
      slowest = { value: read.value, gpu: name.slice(part.length) };
  }
  if (slowest === undefined || names.length < gpus) return nothing(`${names.length} of ${gpus} GPUs were measured`);
  return { kind: "measured", value: slowest.value, detail: gpus === 1 ? "" : `slowest of ${gpus}: GPU ${slowest.gpu}` };
}
