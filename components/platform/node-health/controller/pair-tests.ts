import { randomBytes } from "node:crypto";

/** One of the two nodes of a test. */
export interface Side {
  readonly node: string;
  /** Where its pod is reached. */
  readonly address: string;
}

/** A test between two nodes: each writes to the other over all adapters, and some sizes then make an all-reduce together. */
export interface PairTest {
  /** When it began, in seconds of Unix time. No node is in two tests that began at once, so with a node it is a name. */
  readonly at: number;
  /** `unknown`: it came to nothing, for a reason that says nothing of either node. */
  readonly state: "runs" | "pass" | "fail" | "unknown";
  /** What the slowest adapter of the two wrote, in Gb/s. Null where nothing was measured. */
  readonly gbitsPerSecond: number | null;
  readonly sides: readonly [Side, Side];
  /** While it runs: by what the pods know each other in an all-reduce. Null: they make none. */
  readonly key: string | null;
  /** Once it is over: what the all-reduce came to where that is not well, for people. Empty: nothing to say. */
  readonly why: string;
}

/** Longest text of such a kind: a ConfigMap has one MiB for the tests of all nodes. */
const longestWhy = 200;

const line = /^(\d+) (runs|pass|fail|unknown) ([\d.]+|-) (\S+) (\S+) (\S+) (\S+)(?: (\S.*))?$/;

/** A key of a test that begins. */
export function newKey(): string {
  return randomBytes(16).toString("hex");
}

/** Tests as the pods read them, and the controller too: one in each line, with the key at its end, or in its place why it ended so. */
export function pairTestsText(tests: readonly PairTest[]): string {
  return tests
    .map(({ at, state, gbitsPerSecond, sides: [first, second], key, why }) =>
      [
        ...[at, state, gbitsPerSecond ?? "-", first.node, first.address, second.node, second.address],
        ...(state === "runs" ? [key ?? ""] : [why.replace(/\s+/g, " ").trim().slice(0, longestWhy)]),
      ]
        .join(" ")
        .trim(),
    )
    .map((it) => `${it}\n`)
    .join("");
}

/** The same, read. A line that somebody broke is no test; one of a controller from before there were keys has none. */
export function pairTests(text: string): PairTest[] {
  return text.split("\n").flatMap((it) => {
    const [, at, state, speed, first, address, second, other, more = ""] = line.exec(it) ?? [];
    if (at === undefined || first === undefined || address === undefined || second === undefined) return [];
    const known = (["runs", "pass", "fail"] as const).find((each) => each === state) ?? "unknown";
    if (known === "runs" && !/^([0-9a-f]{32})?$/.test(more)) return [];
    return [
      {
        at: Number(at),
        state: known,
        gbitsPerSecond: speed === "-" ? null : Number(speed),
        sides: [
          { node: first, address },
          { node: second, address: other ?? "" },
        ],
        key: known === "runs" && more !== "" ? more : null,
        why: known === "runs" ? "" : more,
      },
    ];
  });
}

/** Node that another one was tested with. Undefined: it was in another test. */
export function partnerIn({ sides: [first, second] }: PairTest, node: string): string | undefined {
  return first.node === node ? second.node : second.node === node ? first.node : undefined;
}
