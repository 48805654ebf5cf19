import { z } from "zod";
import type { FabricProfile } from "../catalog/fabric-profile";
import { versions } from "../catalog/versions";
import type { MultiNodeFloor } from "../catalog/vm-size";
import { isInfiniband, netTransports } from "../components/platform/node-health/controller/tool-output";
import { allReduceProgram } from "./all-reduce-program";
import type { Check, PodMessages, Reading, RunPlace } from "./check";
import { imageOf } from "./image-of";
import { hostOf } from "./job";
import { nothing, readSection } from "./read-section";
import { scriptPrelude } from "./script";
import { wholeNodeJob } from "./whole-node-job";

/** A pool between whose GPUs sums are made. */
export interface AllReducePool {
  readonly key: string;
  readonly profile: FabricProfile;
  readonly gpus: number;
  /** Memory of a GPU in GB, null when nobody tells. */
  readonly gpuMemoryGB: number | null;
}

/** All-reduce between the GPUs of one node. */
export function allReduceInNode(pool: AllReducePool, floorGBps: number | null): Check {
  return {
    ...common(pool, `all-reduce-${pool.key}`, 1),
    title: `NCCL all-reduce between the GPUs of a node of ${pool.key}`,
    floor: floorGBps === null ? null : { warn: null, fail: floorGBps },
    read: ([first]) => readResult(first),
  };
}

/** All-reduce between two nodes of one InfiniBand domain. Fast is not enough: NCCL has to say that it took InfiniBand. */
export function allReduceBetweenNodes(pool: AllReducePool, floor: MultiNodeFloor | null): Check {
  return {
    ...common(pool, `all-reduce-${pool.key}-pair`, 2),
    title: `NCCL all-reduce between two nodes of ${pool.key} over InfiniBand`,
    floor: floor === null ? null : { warn: floor.warn, fail: floor.fail },
    read: (pods) => {
      const result = readResult(pods[0]);
      return result.kind === "measured" ? readWays(pods, result, pool.profile.gpuDirect !== null, floor) : result;
    },
  };
}

function common(pool: AllReducePool, name: string, pods: number): Omit<Check, "title" | "floor" | "read"> {
  return {
    name,
    pool: pool.key,
    pods,
    minutes: 15,
    unit: "GB/s",
    objects: (place) =>
      wholeNodeJob(place, pool.profile, {
        name,
        pods,
        image: imageOf(versions.pyTorch),
        script: scriptOf(place, pool, name, pods),
      }),
  };
}

/** Size of the message: what the floors were measured with, and half of it where GPUs have less than 80 GB. */
function messageGiB({ gpuMemoryGB }: AllReducePool): number {
  return (gpuMemoryGB ?? 0) < 80 ? 8 : 16;
}

function scriptOf(place: RunPlace, pool: AllReducePool, name: string, pods: number): string {
  const rendezvous =
    pods === 1
      ? "--standalone"
      : `--nnodes=${pods} --node-rank="$JOB_COMPLETION_INDEX" --master-addr=${hostOf(place, name, 0)} --master-port=29500`;
  return `${scriptPrelude}
cat > /tmp/all_reduce.py << 'PROGRAM'
${allReduceProgram}PROGRAM
export MESSAGE_BYTES=${messageGiB(pool) * 2 ** 30} NCCL_DEBUG=INFO NCCL_DEBUG_FILE=/tmp/nccl.%h.%p
section all-reduce timeout 1800 python3 -m torch.distributed.run ${rendezvous} --nproc-per-node=${pool.gpus} /tmp/all_reduce.py
code=$?
# Each way once, without the number of its adapter: thousands of lines say the same.
ways() { cat /tmp/nccl.* | { grep -o ' via NET/[^ ]*' || true; } | sed -E 's|(NET/[A-Za-z_]+)/[0-9]+(\\([0-9]+\\))?|\\1/*|' | sort | uniq -c; }
section transport ways
exit "$code"
`;
}

const result = z.object({
  ranks: z.int().min(2),
  bytes: z.int(),
  busGBps: z.number().min(0),
  wrong: z.int().min(0),
});

/** Reads the one line of JSON that the program prints. */
function readResult(pod: PodMessages | undefined): Reading {
  return readSection(pod?.["main"], "all-reduce", (lines) => {
    const found = lines.flatMap((line) => {
      try {
        return result.safeParse(JSON.parse(line)).data ?? [];
      } catch {
        return [];
      }
    })[0];
    if (found === undefined) return nothing("'all-reduce' shows no result");
    const { busGBps: value, wrong, ranks, bytes } = found;
    if (wrong > 0) return { kind: "wrong", value, because: `${wrong} sums of ${ranks} GPUs are wrong` };
    return { kind: "measured", value, detail: `${ranks} GPUs, ${bytes / 2 ** 30} GiB` };
  });
}

/** Looks at the ways that NCCL took out of its processes, on every node. */
function readWays(
  pods: readonly PodMessages[],
  measured: Extract<Reading, { kind: "measured" }>,
  gpuDirect: boolean,
  floor: MultiNodeFloor | null,
): Reading {
  const ways = new Set<string>();
  for (const [index, pod] of pods.entries()) {
    const own: string[] = [];
    const read = readSection(pod["main"], "transport", (lines) => {
      own.push(...netTransports(lines));
      return own.length === 0 ? nothing(`node ${index} does not say which way NCCL took`) : measured;
    });
    if (read.kind !== "measured") return read;
    for (const it of own) ways.add(it);
  }
  const wrong = (because: string): Reading => ({ kind: "wrong", value: measured.value, because });
  const all = [...ways].sort();
  const past = all.find((it) => !isInfiniband(it));
  if (past !== undefined) return wrong(`NCCL took ${past} and not InfiniBand`);
  const throughHost = all.find((it) => !it.includes("/GDRDMA"));
  if (gpuDirect && throughHost !== undefined) return wrong(`NCCL took ${throughHost}, past GPUDirect RDMA`);
  const untuned = floor?.withoutProfile ?? null;
  // What was seen without the variables of the size, and a tenth more.
  const asIfUntuned = untuned !== null && measured.value <= untuned * 1.1;
  const hint = asIfUntuned ? `; as slow as nodes without the NCCL variables of their size (${untuned} GB/s)` : "";
  return { ...measured, detail: `${measured.detail}, ${all.join(" and ")}${hint}` };
}
