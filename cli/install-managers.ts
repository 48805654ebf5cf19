import type { PlatformPlan } from "../components/platform/plan-platform";
import { text } from "../core/property-tree";
import { toProps } from "../core/property-value";
import type { Cluster } from "../simulator/kubernetes/cluster";
import { type Manager, managers } from "../simulator/kubernetes/scheduling/managers";
import { type ManagerOptions, startManager } from "../simulator/kubernetes/scheduling/start-manager";
import type { Running } from "../simulator/kubernetes/scheduling/start-schedulers";

/** Puts what queues jobs into a simulated cluster, as a plan of the platform has it, and runs it. All else in the plan is left out. */
export async function installManagers(
  cluster: Cluster,
  { addOns }: PlatformPlan,
  options: ManagerOptions,
): Promise<Running[]> {
  const rows: Readonly<Record<string, Manager>> = managers;
  const running: Running[] = [];
  const apply = async (object: unknown): Promise<void> => {
    await cluster.apply(toProps(object), { manager: "simulated-platform", force: true });
  };
  try {
    // In the order of the plan: Kueue looks for the kinds of jobs as it starts.
    for (const { key, namespace, release, objects } of addOns) {
      const manager = rows[key];
      if (manager === undefined) continue;
      await apply(namespace);
      const values = toProps(release?.values);
      const named = { name: text(release, "name") ?? "", namespace: text(release, "namespace") ?? "", values };
      running.push(await startManager(manager, named, options));
      for (const it of Object.values(objects)) await apply(it);
    }
    return running;
  } catch (error) {
    await Promise.all(running.map((it) => it.stop()));
    throw error;
  }
}
