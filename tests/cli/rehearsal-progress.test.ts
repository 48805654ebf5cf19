import { describe, expect, it } from "vitest";
import { RehearsalProgress } from "../../cli/rehearsal-progress";

/** What is written of some notes, without the seconds before each line. */
function written(notes: readonly string[], isTTY: boolean, silent = false): string[] {
  const lines: string[] = [];
  const write = (text: string): boolean => {
    lines.push(text.replace(/ +\d+ s {2}/, ""));
    return true;
  };
  const progress = new RehearsalProgress({ isTTY, write, columns: 80 }, silent);
  for (const it of notes) progress.note(it);
  return lines;
}

describe("the progress of a rehearsal", () => {
  const waits = ["waiting", "waiting", "built", "waiting"];

  it("says a wait once in a log, and moves its seconds on a terminal", () => {
    expect(written(waits, false)).toEqual(["waiting\n", "built\n", "waiting\n"]);
    expect(written(waits, true)).toHaveLength(waits.length);
  });

  it("says nothing in a log beside a result for machines", () => {
    expect(written(waits, false, true)).toEqual([]);
  });
});
