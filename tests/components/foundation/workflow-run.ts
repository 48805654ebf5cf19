import { read, text } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";

/** What a run of a workflow did: its calls, the minutes that it waited, and whether it ended well. */
export interface WorkflowRun {
  readonly calls: readonly string[];
  readonly minutes: number;
  readonly succeeded: boolean;
}

/**
 * Runs one branch of a definition as Logic Apps documents it: an `Until` repeats its actions until its expression holds or its count is
 * reached, an action runs after the outcomes that it names of others, and a POST that is answered from 200 to 299 succeeds.
 * @param answer Status of the nth call, from 0.
 */
export function runBranch(branch: unknown, answer: (call: number, uri: string) => number): WorkflowRun {
  const calls: string[] = [];
  let minutes = 0;
  const actions = Object.entries(toProps(read(branch, "actions")));
  const [, watched = ""] =
    /^@equals\(actions\('([\w-]+)'\)\?\['status'\], 'Succeeded'\)$/.exec(text(branch, "expression") ?? "") ?? [];
  const count = Number(read(branch, "limit.count"));
  for (let turn = 0; turn < count; turn++) {
    const outcomes = new Map<string, string>();
    for (const [name, action] of actions) {
      const after = Object.entries(toProps(read(action, "runAfter")));
      const runs = after.every(([other, wanted]) => (wanted as readonly string[]).includes(outcomes.get(other) ?? ""));
      if (!runs) outcomes.set(name, "Skipped");
      else if (read(action, "type") === "Wait") {
        minutes += Number(read(action, "inputs.interval.count"));
        outcomes.set(name, "Succeeded");
      } else {
        const uri = text(action, "inputs.uri") ?? "";
        const status = answer(calls.length, uri);
        calls.push(`${text(action, "inputs.method") ?? ""} ${uri}`);
        outcomes.set(name, status < 300 ? "Succeeded" : "Failed");
      }
    }
    if (outcomes.get(watched) === "Succeeded") return { calls, minutes, succeeded: true };
  }
  return { calls, minutes, succeeded: false };
}
