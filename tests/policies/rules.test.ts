import { describe, expect, it } from "vitest";
import { describeViolation, isViolation } from "../../policies/engine/rule";
import { outcomesOf } from "../../policies/engine/judge";
import { saysOf } from "./harness";
import { tables } from "./tables";

describe.each(tables.map(({ rule, cases, context }) => ({ name: rule.name, rule, cases, context })))(
  "$name",
  ({ rule, cases, context }) => {
    it.each(cases.map((one) => ({ ...one, verdict: one.says.length === 0 ? "says nothing about" : "reports" })))(
      "$verdict: $title ($kind)",
      ({ resources, says }) => {
        expect(saysOf(rule, resources, context)).toEqual(says);
        for (const outcome of outcomesOf(rule, resources, context)) {
          if (isViolation(outcome)) expect(describeViolation(rule, outcome)).toContain(` Fix: ${rule.remedy}`);
        }
      },
    );
  },
);
