import { z } from "zod";

const appliedNote = z.object({ result: z.string(), started: z.string(), run: z.string().nullable() });

/** What the last `apply` noted beside the state: `running` for one that never said how it ended. */
export interface LastApply {
  readonly plan: string | null;
  readonly result: string;
  readonly started: string;
  readonly run: string | null;
}

/** Reads the notes of a stack; `null` where nobody applied a plan yet, or somebody wrote the tag by hand: a look must not fail for it. */
export function lastApply(notes: Readonly<Record<string, string>>): LastApply | null {
  try {
    return { plan: notes["plan"] ?? null, ...appliedNote.parse(JSON.parse(notes["apply"] ?? "")) };
  } catch {
    return null;
  }
}
