/** What came of a question: it is there, it is not, it is there and somebody should look at it, or nobody could say. */
export type Verdict = "ok" | "missing" | "warning" | "unknown";

/** One thing that `up` needs. */
export interface Line {
  /** Name of the check. */
  readonly check: string;
  /** What it is about, as Azure calls it. */
  readonly subject: string;
  readonly need: string;
  readonly have: string;
  readonly verdict: Verdict;
  /** What mends it, a command where there is one; null where nothing is to be done. */
  readonly remedy: string | null;
}

/** A line before the check has put its name on it. */
export type Finding = Omit<Line, "check">;

/** What is there. */
export function ok(subject: string, need: string, have: string): Finding {
  return { subject, need, have, verdict: "ok", remedy: null };
}

/** What is not there, and what mends it. */
export function missing(subject: string, need: string, have: string, remedy: string): Finding {
  return { subject, need, have, verdict: "missing", remedy };
}

/** What may be meant, and what to look at. */
export function warning(subject: string, need: string, have: string, remedy: string): Finding {
  return { subject, need, have, verdict: "warning", remedy };
}

/** 3: something is missing; 1: nothing is, but something could not be asked; 0: all is there. */
export function exitCodeOf(lines: readonly Pick<Line, "verdict">[]): 0 | 1 | 3 {
  const has = (verdict: Verdict): boolean => lines.some((it) => it.verdict === verdict);
  if (has("missing")) return 3;
  return has("unknown") ? 1 : 0;
}
