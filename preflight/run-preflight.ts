import { checks } from "./checks";
import { LoginError } from "./login-choice";
import type { Line } from "./line";
import type { PreflightFacts } from "./preflight-facts";
import type { Ask } from "./question";
import { subscription, subscriptionQuestion } from "./subscription";

/**
 * Asks all that is asked about a plan, at once.
 * @param onChecked Is told of each check as it ends.
 * @returns the lines of all checks, in their order
 * @throws LoginError where Azure does not take the login
 */
export async function runPreflight(
  facts: PreflightFacts,
  ask: Ask,
  onChecked: (check: string, lines: readonly Line[]) => void,
): Promise<readonly Line[]> {
  const first = await ask(subscriptionQuestion(facts.subscriptionId));
  if (first.kind === "unanswered" && first.status === 401) throw new LoginError(`${first.because}\n${first.remedy}`);
  // Of a subscription that is not there every answer would be that it is not.
  const asked = first.kind === "absent" ? checks.filter((it) => it.name === subscription.name) : checks;
  const all = await Promise.all(
    asked.map(async (check) => {
      const lines = await check.linesOf(facts, ask);
      if (lines.length > 0) onChecked(check.name, lines);
      return lines;
    }),
  );
  return all.flat();
}
