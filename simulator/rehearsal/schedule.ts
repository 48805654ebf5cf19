import { findRow } from "../../azure/rows";

/** One operation of a rehearsal that took simulated time. */
export interface TimedOperation {
  /** URN of the resource. */
  readonly urn: string;
  readonly type: string;
  /** Simulated seconds from the start of the update to the request, to the begin and to the end. */
  readonly requested: number;
  readonly start: number;
  readonly end: number;
  /** Seconds that Azure's throttle held the request back. */
  readonly throttledWait: number;
}

/** How long an update took, and how short it could have been. */
export interface Schedule {
  /** From the first request to the last end, in simulated seconds. */
  readonly makespan: number;
  /** The larger of both bounds below. */
  readonly lowerBound: number;
  /** Longest chain of operations that wait for each other. */
  readonly longestPath: number;
  /** Time that Azure's throttle of AKS writes needs for all of them. */
  readonly throttleBound: number;
  /** The chain that decided when the update ended, first to last. */
  readonly criticalPath: readonly TimedOperation[];
  readonly throttledWait: number;
}

/**
 * Compares an update with the best that its dependencies and Azure's throttle allow.
 * @param waitsFor For each URN the URNs that it waits for, also through resources that took no time.
 */
export function schedule(
  operations: readonly TimedOperation[],
  waitsFor: ReadonlyMap<string, readonly string[]>,
): Schedule {
  const byUrn = new Map(operations.map((it) => [it.urn, it]));
  const pathTo = longestPaths(byUrn, waitsFor);
  const longestPath = Math.max(0, ...[...byUrn.keys()].map((urn) => pathTo(urn)));
  // All that Azure throttles here are writes of one cluster and its pools, which share a bucket.
  const throttles = operations.flatMap(({ type }) => findRow(type)?.throttle ?? []);
  const [rule] = throttles;
  const throttleBound = rule === undefined ? 0 : Math.max(0, throttles.length - rule.size) * (60 / rule.perMinute);
  const first = Math.min(...operations.map((it) => it.requested));
  const last = Math.max(...operations.map((it) => it.end));
  return {
    makespan: operations.length === 0 ? 0 : last - first,
    lowerBound: Math.max(longestPath, throttleBound),
    longestPath,
    throttleBound,
    criticalPath: criticalPath(byUrn, waitsFor),
    throttledWait: operations.reduce((sum, it) => sum + it.throttledWait, 0),
  };
}

/** Length of the longest chain that ends with a resource; what took no time counts nothing and passes chains on. */
function longestPaths(
  byUrn: ReadonlyMap<string, TimedOperation>,
  waitsFor: ReadonlyMap<string, readonly string[]>,
): (urn: string) => number {
  const known = new Map<string, number>();
  const pathTo = (urn: string): number => {
    const before = known.get(urn);
    if (before !== undefined) return before;
    known.set(urn, 0); // a cycle would be a bug of the engine; it must not become an endless loop of ours
    const operation = byUrn.get(urn);
    const own = operation === undefined ? 0 : operation.end - operation.start;
    const length = own + Math.max(0, ...(waitsFor.get(urn) ?? []).map(pathTo));
    known.set(urn, length);
    return length;
  };
  return pathTo;
}

/** Goes back from the operation that ended last, each time to the one that was waited for last. */
function criticalPath(
  byUrn: ReadonlyMap<string, TimedOperation>,
  waitsFor: ReadonlyMap<string, readonly string[]>,
): TimedOperation[] {
  const latest = (urns: readonly string[]): TimedOperation | undefined =>
    urns
      .flatMap((urn) => byUrn.get(urn) ?? [])
      .reduce<TimedOperation | undefined>(
        (best, it) => (best === undefined || it.end > best.end ? it : best),
        undefined,
      );
  const path: TimedOperation[] = [];
  let at = latest([...byUrn.keys()]);
  while (at !== undefined && !path.includes(at)) {
    path.unshift(at);
    at = latest(timedAncestors(at.urn, byUrn, waitsFor));
  }
  return path;
}

/** What a resource waits for and what took time, through resources that took none. */
function timedAncestors(
  urn: string,
  byUrn: ReadonlyMap<string, TimedOperation>,
  waitsFor: ReadonlyMap<string, readonly string[]>,
): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (it: string): void => {
    if (seen.has(it)) return;
    seen.add(it);
    for (const before of waitsFor.get(it) ?? []) {
      if (byUrn.has(before)) found.add(before);
      else visit(before);
    }
  };
  visit(urn);
  return [...found];
}
