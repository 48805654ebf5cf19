import type { Expected } from "../expected";
import { atLeast, type Check, type Sections, slowestWrite, withoutEvidence, worst } from "./check";
import { logSections } from "./log-sections";
import { allReduceSpeed, transport } from "./nccl-checks";

/** What two nodes must show to each other. */
export interface PairFloor extends Pick<Expected, "hcas" | "gpuDirect"> {
  /** What each adapter writes, in Gb/s. */
  readonly gbitsPerSecond: number;
  /** What all GPUs of both reach together in GB/s. Null: they were not asked. */
  readonly allReduceGBps: number | null;
}

/** What a test came to. */
export interface PairChecks {
  /** The slowest write of both. */
  readonly writes: Check;
  /** The all-reduce of both. Null: they were not asked for it. */
  readonly allReduce: Check | null;
}

/**
 * Reads what two nodes wrote down of a test.
 * @param logs Of the pods of both, in the order of the test.
 * @param at When the test began, its name in both logs.
 * @returns null while one of them has not come to its end
 */
export function pairChecks(logs: readonly [string, string], at: number, floor: PairFloor): PairChecks | null {
  const [first, second] = [logSections(logs[0]), logSections(logs[1])];
  if ([first, second].some((it) => it.get(`pair ${at}`)?.exitCode === undefined)) return null;
  const rule = atLeast("InfinibandPair", floor.gbitsPerSecond, "Gb/s");
  const together = `pair ${at} all-reduce`;
  const writes = [first, second].map((sections) => {
    const adapters = new Map([...sections].filter(([name]) => name !== together));
    return slowestWrite(adapters, `pair ${at} `, rule, floor.hcas);
  });
  return {
    writes: worst(writes) ?? withoutEvidence(rule, "nothing was measured"),
    allReduce:
      floor.allReduceGBps === null ? null : allReduce(first, together, floor.allReduceGBps, floor.gpuDirect === true),
  };
}

/** Which of the two decides: what failed, then what shows nothing, and the writes of two that are alike. */
export function deciding({ writes, allReduce }: PairChecks): Check {
  const all = [writes, ...(allReduce === null ? [] : [allReduce])];
  return all.find(({ ok }) => ok === false) ?? all.find(({ ok }) => ok === null) ?? writes;
}

/** Fast is not enough: the log has to say which way was taken, and a wrong way says more than the speed that comes of it. */
function allReduce(sections: Sections, part: string, floor: number, gpuDirect: boolean): Check {
  const way = transport(sections, part, "PairTransport", gpuDirect);
  const speed = allReduceSpeed(sections, part, atLeast("PairAllReduce", floor, "GB/s"));
  const shown = [way, speed].find(({ ok, measured }) => ok === false && measured !== null);
  return shown ?? (speed.ok === true && way.ok !== true ? way : speed);
}
