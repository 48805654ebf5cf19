import { describe, expect, it } from "vitest";
import { badInputs } from "./bad-inputs";
import { ownFindings } from "./own-findings";
import { programText } from "./program-text";

describe("a program with one mistake", () => {
  it.each(badInputs)("is found by its rule, which says nothing without it: $what", ({ rule, kind, good, bad }) => {
    expect(ownFindings(programText(kind, bad))).toContain(rule);
    expect(ownFindings(programText(kind, good))).not.toContain(rule);
  });
});
