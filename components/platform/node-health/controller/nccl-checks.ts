import { type Check, judge, type Rule, type Sections } from "./check";
import { allReduce, isInfiniband, netTransports } from "./tool-output";

/** Which ways NCCL took out of a process: none past InfiniBand, or past GPUDirect RDMA where the nodes have it. */
export function transport(sections: Sections, part: string, name: string, gpuDirect: boolean): Check {
  const unit = `ways past ${gpuDirect ? "GPUDirect RDMA" : "InfiniBand"}`;
  return judge(sections, part, { name, bound: "at most", limit: 0, unit }, (lines) => {
    const ways = netTransports(lines);
    const wrong = ways.filter((it) => !isInfiniband(it) || (gpuDirect && !it.includes("/GDRDMA")));
    const socket = wrong.some((it) => it.startsWith("NET/Socket"));
    return {
      measured: ways.length === 0 ? undefined : wrong.length,
      detail: socket ? `NCCL fell back to TCP: ${wrong[0] ?? ""}` : (wrong[0] ?? ""),
    };
  });
}

/** What an all-reduce reached. */
export function allReduceSpeed(sections: Sections, part: string, rule: Rule): Check {
  return judge(sections, part, rule, (lines) => {
    const { busGBps, wrong } = allReduce(lines);
    // Fast and wrong is worse than slow.
    return wrong ? { measured: 0, detail: "its results are wrong" } : { measured: busGBps ?? undefined };
  });
}
