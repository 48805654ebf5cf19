import { annotations, gpuHealthTaint, labels, maintenanceTaint } from "../../../../catalog/scheduling";
import { conditionType } from "../controller-config";
import { ask, patchTypes } from "./api";
import { type NodeState, nodeState, type Report } from "./node-state";
import { type Closing, type NodeEvent, outcomeOf, type OutcomeFacts, type Result } from "./outcome";
import type { Round } from "./round";

/** Says what checks came to, in the order in which a round that breaks off may begin anew: what ends the checks comes last. */
export async function record(
  round: Round,
  node: NodeState,
  heldBack: OutcomeFacts["heldBack"],
  result: Result,
): Promise<NodeState> {
  const { api, config, now, remedies } = round;
  const { report, closing, condition, event } = outcomeOf(node, result, { now, heldBack, remediate: config.remediate });
  const time = new Date(now).toISOString();
  const since = node.condition?.status === condition.status ? node.condition.since : time;
  const patched = await ask(
    api,
    "PATCH",
    `/api/v1/nodes/${node.name}/status`,
    {
      status: {
        conditions: [{ type: conditionType, ...condition, lastHeartbeatTime: time, lastTransitionTime: since }],
      },
    },
    patchTypes.strategic,
  );
  if (event !== null) await say(round, node, event);
  const after = await changeNode(round, nodeState(patched, conditionType), { due: null, closing, report });
  if (closing === "checks" && !node.closed) remedies.close++;
  return after;
}

/** An event of a node, for people. */
export async function say({ api, now }: Round, node: NodeState, event: NodeEvent): Promise<void> {
  const time = new Date(now).toISOString();
  await ask(api, "POST", "/api/v1/namespaces/default/events", {
    apiVersion: "v1",
    kind: "Event",
    metadata: { generateName: "gpu-health-", namespace: "default" },
    involvedObject: { apiVersion: "v1", kind: "Node", name: node.name, uid: node.uid },
    ...event,
    source: { component: "node-health" },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  });
}

/** How a node is to be. What is left out stays. */
export interface NodeChange {
  /** Since when its checks are due, in milliseconds of Unix time; null: they are not. */
  readonly due?: number | null;
  readonly closing?: Closing;
  readonly report?: Report;
}

/** Changes what this controller owns of a node: its labels, its report and its taint. */
export async function changeNode({ api }: Round, node: NodeState, change: NodeChange): Promise<NodeState> {
  const { due, closing, report } = change;
  const others = node.taints.filter((it) => it["key"] !== gpuHealthTaint.key);
  const taints = { open: [], checks: [gpuHealthTaint], maintenance: [maintenanceTaint] };
  const body = {
    metadata: {
      // The taints are replaced as a whole: who changed them meanwhile must not lose that.
      resourceVersion: node.resourceVersion,
      labels: {
        ...(due !== undefined && { [labels.healthCheck]: due === null ? null : String(Math.floor(due / 1000)) }),
        ...(report !== undefined && { [labels.gpuHealth]: report.verdict }),
      },
      ...(report !== undefined && { annotations: { [annotations.gpuHealthReport]: JSON.stringify(report) } }),
    },
    ...(closing !== undefined && closing !== closingOf(node) && { spec: { taints: [...others, ...taints[closing]] } }),
  };
  const after = await ask(api, "PATCH", `/api/v1/nodes/${node.name}`, body, patchTypes.merge);
  return nodeState(after, conditionType);
}

function closingOf({ closed, held }: NodeState): Closing {
  return held ? "maintenance" : closed ? "checks" : "open";
}
