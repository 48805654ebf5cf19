import { describe } from "vitest";
import { findPolicyVerdicts, howToGetPolicyVerdicts } from "../../../simulator/engine/policy-verdicts";

/** Tests that need Cilium's judge of policies. On a machine without it they are counted as skipped, and say how to get it. */
export function describeWithPolicyVerdicts(name: string, tests: (program: string) => void): void {
  const program = findPolicyVerdicts();
  if (program !== undefined) {
    describe(name, () => tests(program));
    return;
  }
  process.stderr.write(`Skipped: ${name}. It needs Cilium's judge of policies. ${howToGetPolicyVerdicts}\n`);
  describe.skip(`${name} (needs Cilium's judge of policies: npm run engine)`, () => tests(""));
}
