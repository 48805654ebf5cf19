import { conditionType } from "../components/platform/node-health/controller-config";
import { type NodeState, nodeState } from "../components/platform/node-health/controller/node-state";
import { read, text } from "../core/property-tree";

/** A node, as far as its replacement looks at it. */
export interface Machine extends NodeState {
  /** Whether somebody has told the scheduler to pass it by. */
  readonly cordoned: boolean;
  /** Azure subscription that its VM is in, null where the node does not say. */
  readonly subscriptionId: string | null;
}

/** Reads a node of the API. */
export function machineOf(node: unknown): Machine {
  // Source: kubernetes-sigs/cloud-provider-azure:pkg/provider/azure_wrap.go (azureNodeProviderIDRE)
  const [, subscriptionId = null] =
    /^azure:\/\/\/subscriptions\/([\w-]+)\//i.exec(text(node, "spec.providerID") ?? "") ?? [];
  return { ...nodeState(node, conditionType), cordoned: read(node, "spec.unschedulable") === true, subscriptionId };
}

/** Whether its checks say that it is bad. What they said before it was started anew says nothing of it now. */
export function hasFailed({ report, bootId }: Pick<Machine, "report" | "bootId">): boolean {
  return report?.verdict === "fail" && report.bootId === bootId;
}

/** Whether it takes no new pods: the checks have closed it, or a person has. */
export function isClosed({ closed, cordoned }: Pick<Machine, "closed" | "cordoned">): boolean {
  return closed || cordoned;
}
