import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { placeOf } from "../catalog/place";
import { labels } from "../catalog/scheduling";
import { planGpuPool } from "../components/cluster/gpu-pool/plan";
import { addOns } from "../components/platform/add-ons";
import { planPlatform } from "../components/platform/plan-platform";
import type { Engine } from "../simulator/engine/engine";
import type { Schedulers } from "../simulator/engine/schedulers";
import { ApiClient } from "../simulator/kubernetes/api-client";
import { Cluster } from "../simulator/kubernetes/cluster";
import { startControlPlane } from "../simulator/kubernetes/control-plane";
import { planNodes } from "../simulator/kubernetes/nodes";
import { Gangs } from "../simulator/kubernetes/scheduling/gangs";
import { waitUntilNodesAreReady } from "../simulator/kubernetes/scheduling/nodes-ready";
import { type Running, startSchedulers } from "../simulator/kubernetes/scheduling/start-schedulers";
import { planGang } from "../simulator/rehearsal/plan-gang";
import { installManagers } from "./install-managers";
import { wholePoolQueues } from "./whole-pool-queues";
import { workloadPools } from "./workload-pools";

/** Everything that runs jobs. */
export interface GangPrograms {
  readonly engine: Engine;
  readonly helm: string;
  readonly schedulers: Schedulers;
}

/** How long gangs waited for their nodes, in seconds from the first request to the last answer. */
export interface GangTimes {
  readonly scheduler: "Kueue" | "kube-scheduler alone";
  readonly nodes: number;
  readonly gpus: number;
  readonly gangs: number;
  /** Until all were admitted; null where nothing admits. */
  readonly admitted: number | null;
  /** Until every pod had its node. */
  readonly placed: number;
}

/** Eight InfiniBand domains of 66 nodes, two of them spare. */
const shape = { size: "Standard_ND96isr_H200_v5", domains: 8, nodes: 66, spareNodes: 2 };

/**
 * Submits a gang for each domain at once and measures how long they wait.
 * @param queued Through Kueue, which finds them domains. Else each names its own, and the scheduler places it.
 */
export async function benchGangs({ engine, helm, schedulers }: GangPrograms, queued: boolean): Promise<GangTimes> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-gangs-"));
  const place = placeOf({
    location: "",
    names: { workload: "gpu", environment: "bench", location: "", suffix: "00000000" },
  });
  const pool = planGpuPool("h200", shape, place);
  const pools = workloadPools({ gpuPools: [pool], cpuPools: [] });
  const nodes = pools.flatMap(planNodes);
  const plane = await startControlPlane({ folder, engine });
  const cluster = new Cluster(ApiClient.of(plane));
  const running: Running[] = [];
  try {
    running.push(await startSchedulers(plane, schedulers));
    await Promise.all(nodes.map((it) => cluster.create(it)));
    const platform = planPlatform(addOns, { kueue: {} }, { kubernetesVersion: "1.36", pools: [pool.ref] });
    if (queued) running.push(...(await installManagers(cluster, platform, { plane, helm, programs: schedulers })));
    const { queues } = platform.handsOver;
    const plan = planGang(pools, queued && queues !== undefined ? wholePoolQueues([pool.ref], queues) : null);
    if (plan === undefined) throw new Error("There is no pool for a gang.");
    for (const it of [plan.namespace, ...plan.queue]) await cluster.apply(it, { manager: "bench" });
    await waitUntilNodesAreReady(cluster, nodes.length);
    const gangs = new Gangs(cluster, { hopeless: () => running.flatMap((it) => it.whatDied() ?? [])[0] });
    const all = pools.map(({ name, nodeLabels }) => ({
      ...plan.gang,
      name,
      ...(!queued && { nodeSelector: { [labels.infinibandDomain]: nodeLabels[labels.infinibandDomain] ?? "" } }),
    }));
    const started = process.hrtime.bigint();
    const seconds = (): number => Number(process.hrtime.bigint() - started) / 1e9;
    await Promise.all(all.map((it) => gangs.submit(it)));
    if (queued) await Promise.all(all.map((it) => gangs.admitted(it)));
    const admitted = queued ? seconds() : null;
    await Promise.all(all.map((it) => gangs.placed(it)));
    return {
      scheduler: queued ? "Kueue" : "kube-scheduler alone",
      nodes: nodes.length,
      gpus: nodes.length * pool.ref.gpusPerNode,
      gangs: all.length,
      admitted,
      placed: seconds(),
    };
  } finally {
    cluster.close();
    await Promise.all(running.map((it) => it.stop()));
    await plane.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
