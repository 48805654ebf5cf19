/** One of the two nodes of a test. */
export interface Side {
  readonly node: string;
  /** Where its pod is reached. */
  readonly address: string;
}

/** A test between two nodes: each writes to the other over all adapters. */
export interface PairTest {
  /** When it began, in seconds of Unix time. No node is in two tests that began at once, so with a node it is a name. */
  readonly at: number;
  /** `unknown`: it came to nothing, for a reason that says nothing of either node. */
  readonly state: "runs" | "pass" | "fail" | "unknown";
  /** What the slowest adapter of the two wrote, in Gb/s. Null where nothing was measured. */
  readonly gbitsPerSecond: number | null;
  readonly sides: readonly [Side, Side];
}

const line = /^(\d+) (runs|pass|fail|unknown) ([\d.]+|-) (\S+) (\S+) (\S+) (\S+)$/;

/** Tests as the pods read them, and the controller too: one in each line. */
export function pairTestsText(tests: readonly PairTest[]): string {
  return tests
    .map(({ at, state, gbitsPerSecond, sides: [first, second] }) =>
      [at, state, gbitsPerSecond ?? "-", first.node, first.address, second.node, second.address].join(" "),
    )
    .map((it) => `${it}\n`)
    .join("");
}

/** The same, read. A line that somebody broke is no test. */
export function pairTests(text: string): PairTest[] {
  return text.split("\n").flatMap((it) => {
    const [, at, state, speed, first, address, second, other] = line.exec(it) ?? [];
    if (at === undefined || first === undefined || address === undefined || second === undefined) return [];
    return [
      {
        at: Number(at),
        state: (["runs", "pass", "fail"] as const).find((known) => known === state) ?? "unknown",
        gbitsPerSecond: speed === "-" ? null : Number(speed),
        sides: [
          { node: first, address },
          { node: second, address: other ?? "" },
        ],
      },
    ];
  });
}

/** Node that another one was tested with. Undefined: it was in another test. */
export function partnerIn({ sides: [first, second] }: PairTest, node: string): string | undefined {
  return first.node === node ? second.node : second.node === node ? first.node : undefined;
}
