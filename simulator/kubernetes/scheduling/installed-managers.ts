import { text } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";
import type { Cluster } from "../cluster";
import { crdsOfChart } from "../crd-sources";
import { releasesIn } from "../release-resource";
import { type Manager, managers } from "./managers";
import type { ManagerRelease } from "./start-manager";

/** A manager that can run here, and the release by which a program installs it. */
export interface InstalledManager {
  readonly manager: Manager;
  readonly release: ManagerRelease;
}

/** The managers that programs have installed in a cluster by their charts, those first that bring kinds of jobs. */
export async function installedManagers(cluster: Cluster): Promise<InstalledManager[]> {
  const releases = await releasesIn(cluster);
  // Kueue looks for the kinds of jobs as it starts.
  const inOrder: readonly Manager[] = [managers.jobSet, managers.trainer, managers.leaderWorkerSet, managers.kueue];
  return inOrder.flatMap((manager) =>
    releases
      .filter((it) => crdsOfChart(text(it, "chart") ?? "").includes(manager.product))
      .map((it) => ({
        manager,
        release: {
          name: text(it, "name") ?? "",
          namespace: text(it, "namespace") ?? "",
          values: toProps(it["values"]),
        },
      })),
  );
}
