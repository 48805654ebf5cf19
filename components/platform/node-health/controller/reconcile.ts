import { labels } from "../../../../catalog/scheduling";
import { list, text } from "../../../../core/property-tree";
import { conditionType } from "../controller-config";
import { ask } from "./api";
import { answerHealthRequests } from "./health-signals";
import { type NodeState, nodeState } from "./node-state";
import { record } from "./node-writes";
import { type Paired, pairRound } from "./pair-round";
import { partnersToAsk } from "./partners-to-ask";
import { checkPods } from "./read-check-pods";
import type { Nodes, Round } from "./round";
import { beginCheck, heldBack, nextStepOf, takeStep } from "./take-step";

/**
 * One look at all nodes, with what is to be done about each. It remembers nothing: all that it knows stands in the cluster, so that it
 * may end at any point and begin anew.
 * @returns the nodes as they are afterwards
 */
export async function reconcile(round: Round): Promise<readonly NodeState[]> {
  const nodes = new Map((await checkedNodes(round)).map((it) => [it.name, it]));
  const pods = await checkPods(round);
  const paired: Paired[] = [];
  for (const node of nodes.values()) {
    const pod = pods.get(node.name) ?? null;
    const step = nextStepOf(round, node, nodes, pod);
    if (step.kind === "pair" && pod !== null) paired.push({ node, pod });
    else await tried(round, nodes, node, () => takeStep(round, node, nodes, step));
  }
  if (Object.values(round.config.pools).some(({ expected }) => expected.floors.infinibandWriteGbps !== null))
    await goOnWithPairs(round, nodes, paired);
  const { now, config } = round;
  const after = [...nodes.values()];
  await answerHealthRequests(round.api, after, { now, deadlineMinutes: config.deadlineMinutes });
  return after;
}

/** Does something for a node, so that others do not wait where it fails, and see what became of the node where it does not. */
async function tried(
  { log }: Round,
  nodes: Nodes,
  { name }: NodeState,
  what: () => Promise<NodeState | null>,
): Promise<boolean> {
  try {
    const changed = await what();
    if (changed !== null) nodes.set(name, changed);
    return changed !== null;
  } catch (error) {
    // Somebody else changed the node, or the server was busy: the next round does it again.
    log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** Tests between nodes, and partners for new nodes that have none: idle ones of their domain, which are then checked, too. */
async function goOnWithPairs(round: Round, nodes: Nodes, paired: readonly Paired[]): Promise<void> {
  const { results, waiting } = await pairRound(round, [...nodes.values()], paired);
  for (const { node } of paired) {
    const result = results.get(node.name);
    if (result === undefined) continue;
    round.log(`${node.name}: ${result.verdict} ${JSON.stringify(result.checks.at(-1))}`);
    await tried(round, nodes, node, () => record(round, node, heldBack(round, node, nodes), result));
  }
  const tested = new Set(paired.map(({ node }) => node.name));
  for (const domain of new Set(waiting.filter(({ closed }) => closed).map((it) => it.domain))) {
    const others = [...nodes.values()].filter((it) => it.domain === domain && !tested.has(it.name));
    for (const node of partnersToAsk(others, round.now))
      if (await tried(round, nodes, node, () => beginCheck(round, node, false))) break;
  }
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
