import { z } from "zod";
import { MisconfiguredError, show } from "../core/problems";

const replacedMachine = z.object({
  node: z.string(),
  /** AKS node pool that it belonged to. */
  nodePool: z.string(),
  /** What Azure's support asks for. Null: the checks did not learn it. */
  physicalHost: z.string().nullable(),
  /** What it failed by. */
  reasons: z.array(z.string()).readonly(),
  /** When its deletion was asked for. */
  at: z.iso.datetime(),
  /** Why Azure did not delete it, in its words. Absent: it did. */
  failed: z.string().exactOptional(),
});

/** A machine that was replaced. */
export type ReplacedMachine = Readonly<z.output<typeof replacedMachine>>;

/** What was replaced, by key of the GPU pool, newest last. */
export type ReplacementRecord = Readonly<Record<string, readonly ReplacedMachine[]>>;

/** ConfigMap with the record, one key for each GPU pool. */
export const recordName = "node-replacements";

/** Machines that are remembered of a pool: a ConfigMap holds 1 MiB. */
const remembered = 100;

/** Characters of a reason that are remembered, and reasons of a machine: enough to tell Azure, and a hundred of them fit. */
const longest = { reason: 300, reasons: 5 } as const;

/**
 * Reads the record.
 * @param data What the ConfigMap holds, by key of the GPU pool
 * @throws MisconfiguredError that names each key whose value somebody broke: limits that cannot be kept must not count as kept
 */
export function readRecord(data: Readonly<Record<string, unknown>>, namespace: string): ReplacementRecord {
  const read = Object.entries(data).map(([key, value]) => ({ key, value, list: machinesIn(value) }));
  const broken = read.filter(({ list }) => list === null);
  if (broken.length > 0)
    throw new MisconfiguredError(
      `The ConfigMap ${recordName} in namespace ${namespace}`,
      broken.map(({ key, value }) => ({
        path: key,
        rule: "must be a JSON list of machines, each with node, nodePool, physicalHost, reasons and at",
        got: show(value),
        remedy: `Correct it, or delete the key: kubectl --namespace ${namespace} edit configmap ${recordName}`,
      })),
    );
  return Object.fromEntries(read.map(({ key, list }) => [key, list ?? []]));
}

/** The machines of a pool with one more. Whoever was tried before and stayed is not listed twice. */
export function withMachine(machines: readonly ReplacedMachine[], added: ReplacedMachine): readonly ReplacedMachine[] {
  const others = machines.filter((it) => it.node !== added.node || it.failed === undefined);
  const reasons = added.reasons.slice(0, longest.reasons).map((it) => it.slice(0, longest.reason));
  return [...others, { ...added, reasons }].slice(-remembered);
}

/** The machines of a pool, of which the newest of a node was not deleted after all. */
export function withFailure(
  machines: readonly ReplacedMachine[],
  node: string,
  failed: string,
): readonly ReplacedMachine[] {
  const newest = machines.findLastIndex((it) => it.node === node);
  return machines.map((it, at) => (at === newest ? { ...it, failed: failed.slice(0, longest.reason) } : it));
}

function machinesIn(value: unknown): readonly ReplacedMachine[] | null {
  if (typeof value !== "string") return null;
  try {
    return z.array(replacedMachine).safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null;
  }
}
