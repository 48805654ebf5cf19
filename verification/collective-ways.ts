import { isInfiniband, netTransports } from "../components/platform/node-health/controller/tool-output";
import type { PodMessages } from "./check";
import { nothing, readSection } from "./read-section";

/** What connects GPUs of two nodes. */
export type Fabric = "infiniband" | "nvlink";

/** What a job has to show of its way. */
export interface ExpectedWay {
  /** Who took it, as people call it. */
  readonly library: string;
  readonly fabric: Fabric;
  /** Whether adapters read the memory of GPUs. */
  readonly gpuDirect: boolean;
}

/** What the logs show: the ways that were taken, one that should not have been, or nothing. */
export type WaysReading =
  | { readonly kind: "measured"; readonly detail: string }
  | { readonly kind: "wrong"; readonly because: string }
  | { readonly kind: "no-evidence"; readonly because: string };

/**
 * What NCCL calls the way over NVLink where the GPUs of several nodes share it; the ways past it are of the network.
 * Source: NVIDIA/nccl:src/transport/p2p.cc (p2pSendSetup)
 */
const nodesOverNvlink = "P2P/MNNVL";

/** Part of a program for bash: each way once, without the number of its adapter, because thousands of lines of a log say the same. */
export const waysSection = `ways() { cat /tmp/nccl.* | { grep -oE ' via (NET/[^ ]*|${nodesOverNvlink})' || true; } | sed -E 's|(NET/[A-Za-z_]+)/[0-9]+(\\([0-9]+\\))?|\\1/*|' | sort | uniq -c; }
section transport ways`;

/** Looks at the ways that were taken out of the nodes, on every one of them. */
export function collectiveWays(pods: readonly PodMessages[], { library, fabric, gpuDirect }: ExpectedWay): WaysReading {
  const ways = new Set<string>();
  for (const [index, pod] of pods.entries()) {
    let own: readonly string[] = [];
    const read = readSection(pod["main"], "transport", (lines) => {
      own = [
        ...netTransports(lines),
        ...lines.flatMap((it) => (it.endsWith(` via ${nodesOverNvlink}`) ? [nodesOverNvlink] : [])),
      ];
      return own.length === 0
        ? nothing(`node ${index} does not say which way ${library} took`)
        : { kind: "measured", value: 0, detail: "" };
    });
    if (read.kind === "no-evidence") return read;
    for (const it of own) ways.add(it);
  }
  const all = [...ways].sort();
  const past = all.find((it) => !(fabric === "nvlink" ? it === nodesOverNvlink : isInfiniband(it)));
  if (past !== undefined)
    return {
      kind: "wrong",
      because: `${library} took ${past} and not ${fabric === "nvlink" ? "NVLink" : "InfiniBand"}`,
    };
  const throughHost = all.find((it) => isInfiniband(it) && !it.includes("/GDRDMA"));
  if (gpuDirect && throughHost !== undefined)
    return { kind: "wrong", because: `${library} took ${throughHost}, past GPUDirect RDMA` };
  return { kind: "measured", detail: all.join(" and ") };
}
