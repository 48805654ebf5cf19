import type { NodeState } from "./node-state";

/** Nodes that are asked in a round whether they are idle: each costs a list of its pods. */
const askedAtOnce = 3;

/** Milliseconds after which others are asked. */
const turn = 30_000;

/**
 * Which nodes of a domain may help a new one that has no partner, if they are idle: some that work and passed, other ones each time.
 * None while a node of the domain is on its way through its own checks, because that one will do.
 */
export function partnersToAsk(domain: readonly NodeState[], now: number): NodeState[] {
  if (domain.some(({ dueSince }) => dueSince !== null)) return [];
  const able = domain.filter(({ closed, ready, report }) => !closed && ready && report?.verdict === "pass");
  const from = able.length === 0 ? 0 : (Math.floor(now / turn) * askedAtOnce) % able.length;
  return [...able.slice(from), ...able.slice(0, from)].slice(0, askedAtOnce);
}
