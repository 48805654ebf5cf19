import { list, read, text } from "../../../../core/property-tree";
import { checksApp, checksContainer, pairsContainer } from "../controller-config";
import { ask } from "./api";
import type { CheckPod } from "./next-step";
import type { Round } from "./round";

/** Pods that check, by the name of their node. One that is being taken away belongs to checks that are over. */
export async function checkPods({ api, config }: Round): Promise<ReadonlyMap<string, CheckPod>> {
  const path = `/api/v1/namespaces/${config.namespace}/pods?labelSelector=${encodeURIComponent(`app=${checksApp}`)}`;
  const pods = list(await ask(api, "GET", path), "items");
  return new Map(
    pods.flatMap((pod): [string, CheckPod][] => {
      const node = text(pod, "spec.nodeName") ?? targetOf(pod);
      if (node === undefined || text(pod, "metadata.deletionTimestamp") !== undefined) return [];
      const own = list(pod, "status.initContainerStatuses");
      const status = own.find((it) => text(it, "name") === checksContainer);
      const pairs = list(pod, "status.containerStatuses").find((it) => text(it, "name") === pairsContainer);
      const scheduled = list(pod, "status.conditions").find((it) => text(it, "type") === "PodScheduled");
      return [
        [
          node,
          {
            name: text(pod, "metadata.name") ?? "",
            finished:
              read(status, "state.terminated") !== undefined || read(status, "lastState.terminated") !== undefined,
            address: read(pairs, "state.running") === undefined ? null : (text(pod, "status.podIP") ?? null),
            waiting: waitingFor(own) ?? text(scheduled, "message") ?? "",
          },
        ],
      ];
    }),
  );
}

/** Why the first container that has not ended waits, if it does. Those after it only wait for it. */
function waitingFor(statuses: readonly unknown[]): string | undefined {
  return text(
    statuses.find((it) => read(it, "state.terminated") === undefined),
    "state.waiting.reason",
  );
}

/** Node that a DaemonSet's pod is for, while it has none yet. Source: kubernetes:pkg/controller/daemon/util (v1.36) */
function targetOf(pod: unknown): string | undefined {
  const path =
    "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].values[0]";
  return text(pod, path);
}
