import { labels } from "../../../catalog/scheduling";
import type { MemlockMode } from "../../../catalog/memlock";
import { isUnknown } from "../../../core/property-marks";
import { locate, read, text } from "../../../core/property-tree";
import { about, unjudged, violation } from "../../engine/expect";
import { levels, sameType, type Outcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { asksForRdma } from "./devices";
import { isDaemonSet, podHolders, runningContainers } from "./pods";

/** How pods lock memory where the node raises no limit for them. */
const byCapability: MemlockMode = "ipc-lock";

const label = `metadata.labels["${labels.memlock}"]`;

export const k8sRdmaMemlock: StackRule = {
  id: 263,
  name: "k8s-rdma-memlock",
  area: "kubernetes",
  kind: "stack",
  types: podHolders,
  title: "In a namespace whose pods lock memory by a capability, a container that asks for InfiniBand has IPC_LOCK.",
  why: "An adapter registers memory that must not move. Without the right to lock it NCCL ends with a message of the driver, or runs over TCP.",
  remedy: "Add IPC_LOCK to securityContext.capabilities.add, or let the nodes raise the limit (memlock: node).",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "Azure/aks-rdma-infiniband",
  check: (resources) => {
    const locking = resources
      .filter(({ type, inputs }) => sameType(type, types.namespace) && read(inputs, label) === byCapability)
      .flatMap(({ inputs }) => text(inputs, "metadata.name") ?? []);
    return resources
      .filter((it) => locking.includes(text(it.inputs, "metadata.namespace") ?? "") && !isDaemonSet(it))
      .flatMap((it) => about(it, expectCapability(it)));
  },
};

function expectCapability(resource: Subject): readonly Outcome[] {
  const { inputs } = resource;
  return runningContainers(resource)
    .filter(({ path }) => asksForRdma(inputs, path))
    .flatMap(({ path }): Outcome[] => {
      const add = `${path}.securityContext.capabilities.add`;
      const added = locate(inputs, `${add}[]`).map(({ value }) => value);
      if (added.includes("IPC_LOCK")) return [];
      return isUnknown(read(inputs, add)) || added.some((it) => isUnknown(it))
        ? [unjudged(add)]
        : [violation(add, added.length === 0 ? undefined : added, "hold IPC_LOCK: the container asks for InfiniBand")];
    });
}
