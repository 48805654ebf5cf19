import { setTimeout as pause } from "node:timers/promises";
import {
  evictionOf,
  isEvictable,
  keepsNode,
  podsPathOf,
} from "../components/platform/node-health/controller/evictions";
import { list } from "../core/property-tree";
import { RefusedError, textOf } from "../verification/api-answer";
import { ClusterError } from "../verification/cluster-choice";
import type { ClusterClient } from "../verification/cluster-client";

/** How a node is emptied. */
export interface EmptyingOptions {
  readonly waitMinutes: number;
  /** Ends it, between two requests. */
  readonly signal: AbortSignal;
  /** Is told what goes on, a line each. */
  readonly onProgress: (line: string) => void;
}

/** What became of it: null for an empty node, else the pods that are left, each with what keeps it. */
export type Left = readonly string[] | null;

/** Milliseconds between two looks, which grow up to the longest: most pods are gone in a moment, and some save for minutes. */
const looks = { first: 250, longest: 5000 } as const;

/**
 * Asks the pods of a cordoned node to go, by evictions, again and again until it is empty.
 * @returns the pods that are left when the time is over or the signal comes
 * @throws ClusterError for a refusal that is none of a disruption budget
 */
export async function emptyNode(
  cluster: Pick<ClusterClient, "read" | "send">,
  node: string,
  { waitMinutes, signal, onProgress }: EmptyingOptions,
): Promise<Left> {
  const until = Date.now() + waitMinutes * 60_000;
  for (let wait: number = looks.first; ; wait = Math.min(2 * wait, looks.longest)) {
    const pods = list(await cluster.read(podsPathOf(node)), "items").filter(keepsNode);
    if (pods.length === 0) return null;
    const left = [];
    for (const pod of pods) {
      // What was asked for before a signal came stays so, and nothing more is asked.
      const why = signal.aborted ? "" : isEvictable(pod) ? await evict(cluster, pod) : "is ending";
      left.push(`${evictionOf(pod).pod}${why === "" ? "" : `: ${why}`}`);
    }
    onProgress(`waits for ${pods.length === 1 ? "one pod" : `${pods.length} pods`}: ${left.slice(0, 3).join("; ")}`);
    const rest = until - Date.now();
    if (signal.aborted || rest <= 0) return left;
    // An abort is no error here: the loop looks once more, and ends.
    await pause(Math.min(wait, rest), undefined, { signal }).catch(() => undefined);
  }
}

/** Asks a pod to go. @returns what keeps it, in the words of the server */
async function evict(cluster: Pick<ClusterClient, "send">, pod: unknown): Promise<string> {
  const { pod: name, path, body } = evictionOf(pod);
  const answer = await cluster.send("POST", path, body);
  // Gone already.
  if (answer.status < 300 || answer.status === 404) return "is ending";
  const words = textOf(new RefusedError(answer)).replace(/\.$/, "");
  // Of a disruption budget, or of several that hold one pod. Source: https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
  if (answer.status === 429 || answer.status === 500) return words;
  throw new ClusterError(`The pod ${name} cannot be evicted: ${words}`);
}
