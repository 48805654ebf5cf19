import { annotations, gpuHealthTaint, isGpuResource, labels } from "../../../../catalog/scheduling";
import { keys, list, read, text } from "../../../../core/property-tree";
import { checksApp, checksContainer, conditionType, type ControllerConfig } from "../controller-config";
import { type Api, ask, patchTypes } from "./api";
import { answerHealthRequests } from "./health-signals";
import { type CheckPod, nextStep, type NextStep } from "./next-step";
import { type NodeState, nodeState } from "./node-state";
import { mayCloseAnother, outcomeOf, type Result } from "./outcome";
import { verdict } from "./verdict";

/** What happened in a round, a line each. */
export type Log = (line: string) => void;

/** Everything that one round goes by. */
interface Round {
  readonly api: Api;
  readonly config: ControllerConfig;
  readonly now: number;
  readonly log: Log;
}

/**
 * One look at all nodes, with what is to be done about each. It remembers nothing: all that it knows stands in the cluster, so that it
 * may end at any point and begin anew.
 */
export async function reconcile(api: Api, config: ControllerConfig, now: number, log: Log): Promise<void> {
  const round: Round = { api, config, now, log };
  let nodes = await checkedNodes(round);
  const pods = await checkPods(round);
  for (const node of nodes) {
    try {
      const changed = await takeStep(round, node, nodes, pods.get(node.name) ?? null);
      // The next node of the pool sees what became of this one.
      if (changed !== null) nodes = nodes.map((it) => (it.name === node.name ? changed : it));
    } catch (error) {
      // Somebody else changed the node, or the server was busy: the next round does it again. Other nodes do not wait for that.
      log(`${node.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await answerHealthRequests(api, nodes, { now, deadlineMinutes: config.deadlineMinutes });
}

/** Nodes of all pools that are checked, page by page: a node of the API is large, and what is kept of it is small. */
async function checkedNodes({ api, config }: Round): Promise<NodeState[]> {
  const labelSelector = `${labels.pool} in (${Object.keys(config.pools).join(",")})`;
  const nodes: NodeState[] = [];
  let next = "";
  do {
    const query = new URLSearchParams({ labelSelector, limit: "250", ...(next !== "" && { continue: next }) });
    const page = await ask(api, "GET", `/api/v1/nodes?${query.toString()}`);
    nodes.push(...list(page, "items").map((it) => nodeState(it, conditionType)));
    next = text(page, "metadata.continue") ?? "";
  } while (next !== "");
  return nodes;
}

/** @returns the node as it is afterwards, null where nothing changed */
async function takeStep(
  round: Round,
  node: NodeState,
  nodes: readonly NodeState[],
  checkPod: CheckPod | null,
): Promise<NodeState | null> {
  const { api, config, now, log } = round;
  const pool = config.pools[node.pool];
  if (pool === undefined) return null;
  const step = nextStep(node, { now, checkPod, config, devices: pool.devices });
  switch (step.kind) {
    case "wait":
      return null;
    case "check":
      return beginCheck(round, node, step);
    case "judge": {
      const path = `/api/v1/namespaces/${config.namespace}/pods/${step.pod}/log?container=${checksContainer}`;
      const written = await ask(api, "GET", path);
      const result = verdict(typeof written === "string" ? written : "", pool.expected);
      log(`${node.name}: ${result.verdict} ${JSON.stringify(result.checks)}`);
      return record(round, node, nodes, result);
    }
    case "fail":
      log(`${node.name}: ${step.why}`);
      return record(round, node, nodes, {
        verdict: "fail",
        reasons: [step.why],
        physicalHost: node.report?.physicalHost ?? null,
      });
    case "give-up":
      log(`${node.name}: ${step.why}`);
      // A node that works and has no time for its checks is no news.
      if (!node.closed && node.report?.bootId === node.bootId)
        return changeNode(round, node, { due: null, closed: false });
      return record(round, node, nodes, { verdict: "no-evidence", reasons: [step.why], physicalHost: null });
  }
}

/** Makes the checks of a node due, as soon as nobody uses its GPUs: the pod that checks wants all of them. */
async function beginCheck(
  round: Round,
  node: NodeState,
  { close }: Extract<NextStep, { kind: "check" }>,
): Promise<NodeState | null> {
  const pods = await ask(
    round.api,
    "GET",
    `/api/v1/pods?fieldSelector=${encodeURIComponent(`spec.nodeName=${node.name}`)}`,
  );
  const idle = !list(pods, "items").some(usesGpus);
  if (!idle && !close) return null;
  const changed = await changeNode(round, node, { due: idle ? round.now : null, closed: close || node.closed });
  round.log(
    `${node.name}: ${idle ? "its checks are due" : "it was started anew and is in use: closed until it is idle"}`,
  );
  return changed;
}

function usesGpus(pod: unknown): boolean {
  const ended = ["Succeeded", "Failed"].includes(text(pod, "status.phase") ?? "");
  const containers = [...list(pod, "spec.containers"), ...list(pod, "spec.initContainers")];
  return !ended && containers.some((it) => keys(it, "resources.limits").some(isGpuResource));
}

/** Pods that check, by the name of their node. One that is being taken away belongs to checks that are over. */
async function checkPods({ api, config }: Round): Promise<ReadonlyMap<string, CheckPod>> {
  const path = `/api/v1/namespaces/${config.namespace}/pods?labelSelector=${encodeURIComponent(`app=${checksApp}`)}`;
  const pods = list(await ask(api, "GET", path), "items");
  return new Map(
    pods.flatMap((pod): [string, CheckPod][] => {
      const node = text(pod, "spec.nodeName") ?? targetOf(pod);
      if (node === undefined || text(pod, "metadata.deletionTimestamp") !== undefined) return [];
      const status = list(pod, "status.initContainerStatuses").find((it) => text(it, "name") === checksContainer);
      const scheduled = list(pod, "status.conditions").find((it) => text(it, "type") === "PodScheduled");
      return [
        [
          node,
          {
            name: text(pod, "metadata.name") ?? "",
            finished:
              read(status, "state.terminated") !== undefined || read(status, "lastState.terminated") !== undefined,
            waiting: text(status, "state.waiting.reason") ?? text(scheduled, "message") ?? "",
          },
        ],
      ];
    }),
  );
}

/** Node that a DaemonSet's pod is for, while it has none yet. Source: kubernetes:pkg/controller/daemon/util (v1.36) */
function targetOf(pod: unknown): string | undefined {
  const path =
    "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].values[0]";
  return text(pod, path);
}

/** Says what checks came to, in the order in which a round that breaks off may begin anew: what ends the checks comes last. */
async function record(round: Round, node: NodeState, nodes: readonly NodeState[], result: Result): Promise<NodeState> {
  const { api, config, now } = round;
  const ofPool = nodes.filter(({ pool }) => pool === node.pool);
  const mayClose = mayCloseAnother(ofPool, config.maxClosedPercent);
  const { report, taint, condition, event } = outcomeOf(node, result, { now, mayClose, remediate: config.remediate });
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
  if (event !== null) {
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
  const closed = taint === "add" || (taint === "keep" && node.closed);
  return changeNode(round, nodeState(patched, conditionType), { due: null, closed, report });
}

/** Changes what this controller owns of a node: its labels, its report and its taint. */
async function changeNode(
  { api }: Round,
  node: NodeState,
  {
    due,
    closed,
    report,
  }: { readonly due: number | null; readonly closed: boolean; readonly report?: NodeState["report"] },
): Promise<NodeState> {
  const others = node.taints.filter((it) => it["key"] !== gpuHealthTaint.key);
  const taints = closed ? [...others, gpuHealthTaint] : others;
  const body = {
    metadata: {
      // The taints are replaced as a whole: who changed them meanwhile must not lose that.
      resourceVersion: node.resourceVersion,
      labels: {
        [labels.healthCheck]: due === null ? null : String(Math.floor(due / 1000)),
        ...(report != null && { [labels.gpuHealth]: report.verdict }),
      },
      ...(report != null && { annotations: { [annotations.gpuHealthReport]: JSON.stringify(report) } }),
    },
    ...(closed !== node.closed && { spec: { taints } }),
  };
  const after = await ask(api, "PATCH", `/api/v1/nodes/${node.name}`, body, patchTypes.merge);
  return nodeState(after, conditionType);
}
