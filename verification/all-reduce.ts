import { z } from "zod";
import type { FabricProfile } from "../catalog/fabric-profile";
import { versions } from "../catalog/versions";
import type { Gpu, MultiNodeFloor } from "../catalog/vm-size";
import { allReduceProgram } from "./all-reduce-program";
import { collectiveWays, type Fabric, waysSection } from "./collective-ways";
import type { Check, Floor, PodMessages, Reading, RunPlace } from "./check";
import { imageOf } from "../catalog/image-of";
import { hostOf } from "./job";
import { nothing, readSection } from "./read-section";
import { scriptPrelude } from "./script";
import { wholeNodeJob } from "./whole-node-job";

/** A pool between whose GPUs sums are made. */
export interface AllReducePool {
  readonly key: string;
  readonly profile: FabricProfile;
  readonly vendor: Gpu["vendor"];
  readonly gpus: number;
  /** Memory of a GPU in GB, null when nobody tells. */
  readonly gpuMemoryGB: number | null;
}

/** What makes the sums on GPUs of a vendor. PyTorch calls both by the name of the first, and both read the same variables. */
const libraries = {
  nvidia: { name: "NCCL", image: versions.pyTorch },
  amd: { name: "RCCL", image: versions.pyTorchRocm },
} as const;

/** Which GPUs take part. */
interface Group {
  readonly name: string;
  readonly title: string;
  readonly pods: number;
  /** Whether its nodes are of two racks. */
  readonly apart?: true;
  /** What NCCL must have taken between nodes, null for one node. */
  readonly fabric: Fabric | null;
  readonly floor: Floor | null;
  /** Value of nodes that lack the variables of their size, null when unknown. */
  readonly withoutProfile: number | null;
  /** Variables beside those of the pool. */
  readonly env: Readonly<Record<string, string>>;
}

const inOneNode = { pods: 1, fabric: null, withoutProfile: null, env: {} } as const;

/** All-reduce between the GPUs of one node. */
export function allReduceInNode(pool: AllReducePool, floorGBps: number | null): Check {
  return allReduce(pool, {
    ...inOneNode,
    name: `all-reduce-${pool.key}`,
    title: `between the GPUs of a node of ${pool.key}`,
    floor: floorGBps === null ? null : { warn: null, fail: floorGBps },
  });
}

/**
 * All-reduce between two nodes of one InfiniBand domain, or of one rack, whose GPUs share NVLink. Fast is not enough: the log has to
 * say which way was taken.
 */
export function allReduceBetweenNodes(pool: AllReducePool, floor: MultiNodeFloor | null): Check {
  const rack = pool.profile.computeDomain;
  return allReduce(pool, {
    ...between(floor),
    name: `all-reduce-${pool.key}-pair`,
    title: rack
      ? `between two nodes of a rack of ${pool.key} over NVLink`
      : `between two nodes of ${pool.key} over InfiniBand`,
    fabric: rack ? "nvlink" : "infiniband",
    env: {},
  });
}

/**
 * All-reduce between a node of one rack and a node of another, which only InfiniBand connects.
 * Source of the variables: Azure/aks-rdma-infiniband:website/blog/2026-04-01-dranet-rdma-optimization-for-ai-on-aks
 */
export function allReduceBetweenRacks(pool: AllReducePool, floor: MultiNodeFloor | null): Check {
  return allReduce(pool, {
    ...between(floor),
    name: `all-reduce-${pool.key}-racks`,
    title: `between two racks of ${pool.key} over InfiniBand`,
    apart: true,
    fabric: "infiniband",
    env: { NCCL_MNNVL_ENABLE: "0", NCCL_NVLS_ENABLE: "0" },
  });
}

function between(floor: MultiNodeFloor | null): Pick<Group, "pods" | "floor" | "withoutProfile"> {
  return {
    pods: 2,
    floor: floor && { warn: floor.warn, fail: floor.fail },
    withoutProfile: floor?.withoutProfile ?? null,
  };
}

function allReduce(pool: AllReducePool, group: Group): Check {
  const { name, pods, apart, fabric, floor } = group;
  const library = libraries[pool.vendor];
  return {
    name,
    title: `${library.name} all-reduce ${group.title}`,
    pool: pool.key,
    pods,
    minutes: 15,
    unit: "GB/s",
    floor,
    objects: (place) =>
      wholeNodeJob(place, pool.profile, {
        name,
        pods,
        image: imageOf(library.image),
        script: scriptOf(place, pool, group),
        ...(apart && { apart }),
      }),
    read: (messages) => {
      const result = readResult(messages[0]);
      if (result.kind !== "measured" || fabric === null) return result;
      const ways = collectiveWays(messages, {
        library: library.name,
        fabric,
        gpuDirect: pool.profile.gpuDirect !== null,
      });
      if (ways.kind === "wrong") return { ...ways, value: result.value };
      return ways.kind === "measured"
        ? { ...result, detail: `${result.detail}, ${ways.detail}${hint(result.value, group)}` }
        : ways;
    },
  };
}

/** Size of the message: what the floors were measured with, and half of it where GPUs have less than 80 GB. */
function messageGiB({ gpuMemoryGB }: AllReducePool): number {
  return (gpuMemoryGB ?? 0) < 80 ? 8 : 16;
}

function scriptOf(place: RunPlace, pool: AllReducePool, { name, pods, env }: Group): string {
  const rendezvous =
    pods === 1
      ? "--standalone"
      : `--nnodes=${pods} --node-rank="$JOB_COMPLETION_INDEX" --master-addr=${hostOf(place, name, 0)} --master-port=29500`;
  const variables = Object.entries(env).map(([key, value]) => ` ${key}=${value}`);
  return `${scriptPrelude}
cat > /tmp/all_reduce.py << 'PROGRAM'
${allReduceProgram}PROGRAM
export MESSAGE_BYTES=${messageGiB(pool) * 2 ** 30} NCCL_DEBUG=INFO NCCL_DEBUG_FILE=/tmp/nccl.%h.%p${variables.join("")}
section all-reduce timeout 1800 python3 -m torch.distributed.run ${rendezvous} --nproc-per-node=${pool.gpus} /tmp/all_reduce.py
code=$?
${waysSection}
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

/** What makes a value likely, after what was seen without the variables of the size and a tenth more. */
function hint(value: number, { withoutProfile }: Group): string {
  if (withoutProfile === null || value > withoutProfile * 1.1) return "";
  return `; as slow as nodes without the NCCL variables of their size (${withoutProfile} GB/s)`;
}
