import { isGpuResource } from "../../../../catalog/scheduling";
import { keys, list, text } from "../../../../core/property-tree";
import { checksContainer, productsContainer } from "../controller-config";
import { ask } from "./api";
import { drain, podsOf } from "./drain";
import { maintenanceStep } from "./maintenance-step";
import { type CheckPod, type NextStep, nextStep } from "./next-step";
import type { NodeState } from "./node-state";
import { changeNode, record, say } from "./node-writes";
import { awaitingPair, closedLater } from "./outcome";
import { closingHeldBack, coolingDown } from "./remedy";
import type { Nodes, Round } from "./round";
import { verdict } from "./verdict";

/** What is to be done about a node next. */
export function nextStepOf(round: Round, node: NodeState, nodes: Nodes, checkPod: CheckPod | null): NextStep {
  const { config, now } = round;
  const devices = config.pools[node.pool]?.devices ?? {};
  return nextStep(node, { now, checkPod, config, devices, heldBack: () => heldBack(round, node, nodes) });
}

/** Why nothing may be done now about a node that failed, null where it may. */
export function heldBack({ config, now }: Round, node: NodeState, nodes: Nodes): string | null {
  const ofPool = [...nodes.values()].filter(({ pool }) => pool === node.pool);
  if (!node.closed) return closingHeldBack(ofPool, config, now);
  const others = ofPool.filter(({ name }) => name !== node.name);
  return coolingDown(others, config.coolDownMinutes, now);
}

/**
 * Does it.
 * @returns the node as it is afterwards, null where nothing changed
 */
export async function takeStep(round: Round, node: NodeState, nodes: Nodes, step: NextStep): Promise<NodeState | null> {
  const { log } = round;
  const { report } = node;
  switch (step.kind) {
    case "wait":
    case "pair":
      return null;
    case "check":
      return beginCheck(round, node, step.close);
    case "judge":
      return judgeOwn(round, node, nodes, step.pod);
    case "close":
      return close(round, node);
    case "drain":
      return drain(round, node);
    case "maintenance":
      return heedMaintenance(round, node);
    case "fail":
      log(`${node.name}: ${step.why}`);
      return record(round, node, heldBack(round, node, nodes), {
        verdict: "fail",
        reasons: [step.why],
        physicalHost: report?.physicalHost ?? null,
        checks: [],
      });
    case "give-up":
      log(`${node.name}: ${step.why}`);
      // A node that works and has no time for its checks is no news.
      if (!node.closed && report?.bootId === node.bootId) return changeNode(round, node, { due: null });
      return record(round, node, null, { verdict: "no-evidence", reasons: [step.why], physicalHost: null, checks: [] });
  }
}

/** Reads what the checks of a node wrote. Where they passed and other nodes can bear it out, that comes next. */
async function judgeOwn(round: Round, node: NodeState, nodes: Nodes, pod: string): Promise<NodeState | null> {
  const { api, config, now, log } = round;
  const pool = config.pools[node.pool];
  if (pool === undefined) return null;
  const path = `/api/v1/namespaces/${config.namespace}/pods/${pod}/log?container=`;
  let written = "";
  for (const container of [...(pool.expected.floors.gemmTflops === null ? [] : [productsContainer]), checksContainer]) {
    const log = await ask(api, "GET", `${path}${container}`);
    if (typeof log === "string") written += `${log}\n`;
  }
  const result = verdict(written, pool.expected);
  log(`${node.name}: ${result.verdict} ${JSON.stringify(result.checks)}`);
  const goesOn = result.verdict === "pass" && pool.expected.floors.infinibandWriteGbps !== null && node.domain !== "";
  if (!goesOn) return record(round, node, heldBack(round, node, nodes), result);
  return changeNode(round, node, { report: awaitingPair(node, result, now) });
}

async function close(round: Round, node: NodeState): Promise<NodeState | null> {
  if (node.report === null) return null;
  await say(round, node, closedLater(node, node.report));
  round.remedies.close++;
  round.log(`${node.name}: closed`);
  return changeNode(round, node, {
    closing: "checks",
    report: { ...node.report, remedy: { action: "close", at: round.now } },
  });
}

async function heedMaintenance(round: Round, node: NodeState): Promise<NodeState | null> {
  if (node.report === null) return null;
  const { event, report, closing } = maintenanceStep(node, node.report, round.config);
  round.log(`${node.name}: ${event.message}`);
  await say(round, node, event);
  return changeNode(round, node, { report, closing });
}

/** Makes the checks of a node due, as soon as nobody uses its GPUs: the pod that checks wants all of them. */
export async function beginCheck(round: Round, node: NodeState, close: boolean): Promise<NodeState | null> {
  const idle = !(await podsOf(round, node.name)).some(usesGpus);
  if (!idle && !close) return null;
  const changed = await changeNode(round, node, {
    ...(idle && { due: round.now }),
    ...(close && { closing: "checks" }),
  });
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
