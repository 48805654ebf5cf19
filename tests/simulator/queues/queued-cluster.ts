import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installManagers } from "../../../cli/install-managers";
import { workloadPools } from "../../../cli/workload-pools";
import type { GpuPoolPlan } from "../../../components/cluster/gpu-pool/plan";
import { type AddOnKey, addOns } from "../../../components/platform/add-ons";
import type { QueuesRef } from "../../../components/platform/queues-ref";
import { type AddOnPlan, planPlatform } from "../../../components/platform/plan-platform";
import { record, text } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import type { CrdProduct } from "../../../simulator/kubernetes/crd-sources";
import { installCrds } from "../../../simulator/kubernetes/crds";
import { planNodes } from "../../../simulator/kubernetes/nodes";
import { startSchedulers, withWhatDied } from "../../../simulator/kubernetes/scheduling/start-schedulers";
import { waitUntilNodesAreReady } from "../../../simulator/kubernetes/scheduling/nodes-ready";
import type { Programs } from "../engine/with-schedulers";
import { queueObjects } from "./queue-objects";

/** A cluster that runs gangs: real API server, scheduler, controllers and Kueue as our add-ons install it; pretended nodes. */
export interface QueuedCluster {
  readonly cluster: Cluster;
  readonly plane: ControlPlane;
  /** All nodes, as they joined. */
  readonly nodes: readonly Props[];
  /** What the platform hands over to queues of teams. */
  readonly queues: QueuesRef;
  /** What of it has ended by itself. */
  readonly whatDied: () => string | undefined;
  /** @throws Error with the end of the log of what had ended by itself */
  readonly stop: () => Promise<void>;
}

/**
 * Starts it with the nodes of a pool. Two teams own as many of them each as is said.
 * @param kinds Add-ons whose kinds are there, while nobody makes pods of them
 * @param shorten Changes what Kueue's configuration says, as text, where a test cannot wait as long as a cluster does
 */
export async function queuedCluster(
  { engine, helm, schedulers }: Programs,
  pool: GpuPoolPlan,
  nodesOfEachTeam: number,
  kinds: readonly (AddOnKey & CrdProduct)[] = [],
  shorten: (configuration: string) => string = (it) => it,
): Promise<QueuedCluster> {
  const folder = await mkdtemp(join(tmpdir(), "queues-test-"));
  const plane = await startControlPlane({ folder, engine });
  const cluster = new Cluster(ApiClient.of(plane));
  const running = [await startSchedulers(plane, schedulers)];
  const whatDied = (): string | undefined => running.map((it) => it.whatDied()).find((it) => it !== undefined);
  const stop = async (): Promise<void> => {
    cluster.close();
    await Promise.all(running.map((it) => it.stop()));
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const nodes = workloadPools({ gpuPools: [pool], cpuPools: [] }).flatMap(planNodes);
    await Promise.all(nodes.map((it) => cluster.create(it)));
    const plan = planPlatform(
      addOns,
      { jobSet: {}, trainer: {}, leaderWorkerSet: {}, kueue: {}, ...Object.fromEntries(kinds.map((it) => [it, {}])) },
      { kubernetesVersion: "1.36", pools: [pool.ref] },
    );
    // What teams may not do has to let through what Kueue makes of their jobs.
    const fence = plan.addOns.find(({ key }) => key === "teamFence");
    const classes = plan.addOns.find(({ key }) => key === "dranet");
    for (const it of Object.values({ ...fence?.objects, ...classes?.objects }))
      await cluster.apply(toProps(it), { manager: "test" });
    await installCrds(cluster, kinds);
    const addOnsOfIt = plan.addOns.map((it) => (it.key === "kueue" ? withConfiguration(it, shorten) : it));
    running.push(
      ...(await installManagers(cluster, { ...plan, addOns: addOnsOfIt }, { plane, helm, programs: schedulers })),
    );
    const runtimes = plan.addOns.find(({ key }) => key === "trainingRuntimes");
    for (const it of Object.values({ ...runtimes?.objects })) await cluster.apply(toProps(it), { manager: "test" });
    const { queues } = plan.handsOver;
    if (queues === undefined) throw new Error("The platform hands over no queues.");
    for (const it of queueObjects(pool, queues, nodesOfEachTeam)) await cluster.apply(it, { manager: "test" });
    await waitUntilNodesAreReady(cluster, nodes.length);
    const end = async (): Promise<void> => {
      const died = whatDied();
      await stop();
      if (died !== undefined) throw new Error(died);
    };
    return { cluster, plane, nodes, queues, whatDied, stop: end };
  } catch (error) {
    const told = withWhatDied(error, running);
    await stop();
    throw told;
  }
}

/** Kueue with another configuration. */
function withConfiguration(plan: AddOnPlan, change: (configuration: string) => string): AddOnPlan {
  const { release } = plan;
  const values = toProps(release?.values);
  const before = text(values, "managerConfig.controllerManagerConfigYaml");
  if (release === null || before === undefined) throw new Error("Kueue has no configuration.");
  const managerConfig = { ...record(values, "managerConfig"), controllerManagerConfigYaml: change(before) };
  return { ...plan, release: { ...release, values: { ...values, managerConfig } } };
}
