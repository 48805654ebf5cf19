import { read, text } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";

/** What a run of a workflow did: its calls, the minutes that it waited, and whether it ended well. */
export interface WorkflowRun {
  readonly calls: readonly string[];
  readonly minutes: number;
  readonly succeeded: boolean;
}

/** An answer to a call: its status, and what it says. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** What an expression may ask of an action. */
interface Outcome {
  readonly status: string;
  readonly body: unknown;
}

/**
 * Runs one branch of a definition as Logic Apps documents it: an `Until` repeats its actions until its expression holds or its count is
 * reached, and an action runs after the outcomes that it names of others. A call that is answered from 200 to 299 succeeds, and 202 is
 * followed only where that is not switched off.
 * @param answer Answers a call after so many minutes.
 */
export function runBranch(branch: unknown, answer: (call: string, minutes: number) => Answer): WorkflowRun {
  const calls: string[] = [];
  let minutes = 0;
  const actions = Object.entries(toProps(read(branch, "actions")));
  const expression = text(branch, "expression") ?? "";
  const count = Number(read(branch, "limit.count"));
  for (let turn = 0; turn < count; turn++) {
    const outcomes = new Map<string, Outcome>();
    for (const [name, action] of actions) {
      const after = Object.entries(toProps(read(action, "runAfter")));
      const runs = after.every(([other, wanted]) =>
        (wanted as readonly string[]).includes(outcomes.get(other)?.status ?? ""),
      );
      if (!runs) outcomes.set(name, { status: "Skipped", body: null });
      else if (read(action, "type") === "Wait") {
        minutes += Number(read(action, "inputs.interval.count"));
        outcomes.set(name, { status: "Succeeded", body: null });
      } else {
        const call = `${text(action, "inputs.method") ?? ""} ${text(action, "inputs.uri") ?? ""}`;
        calls.push(call);
        const { status, body = null } = answer(call, minutes);
        // Nobody here may ask after an operation: its address lies beside the thing that the identity has a role on.
        const followed = status === 202 && text(action, "operationOptions") !== "DisableAsyncPattern";
        outcomes.set(name, { status: status < 300 && !followed ? "Succeeded" : "Failed", body });
      }
    }
    if (evaluate(expression, outcomes) === true) return { calls, minutes, succeeded: true };
  }
  return { calls, minutes, succeeded: false };
}

/** The value of an expression as `@and(equals(body('x')?['a'], 'b'), ...)`, by the functions that definitions here use. */
function evaluate(expression: string, outcomes: ReadonlyMap<string, Outcome>): unknown {
  const tokens = expression.match(/'[^']*'|\?\[|\w+|[@(),\]]/g) ?? [];
  const functions: Readonly<Record<string, (...given: readonly unknown[]) => unknown>> = {
    and: (...all) => all.every((it) => it === true),
    equals: (a, b) => a === b,
    length: (it) => (it as readonly unknown[]).length,
    split: (whole, at) => String(whole).split(String(at)),
    string: (it) => (typeof it === "string" ? it : it === null ? "" : JSON.stringify(it)),
    body: (name) => outcomes.get(String(name))?.body ?? null,
    actions: (name) => outcomes.get(String(name)) ?? null,
  };
  const take = (wanted?: string): string => {
    const token = tokens.shift();
    if (token === undefined || (wanted !== undefined && token !== wanted))
      throw new Error(`expected ${wanted ?? "more"}, got ${token ?? "the end"} in ${expression}`);
    return token;
  };
  const value = (): unknown => {
    const token = take();
    let it: unknown;
    if (token.startsWith("'")) it = token.slice(1, -1);
    else {
      const call = functions[token];
      if (call === undefined) throw new Error(`no function ${token} in ${expression}`);
      const given: unknown[] = [];
      take("(");
      do given.push(value());
      while (take() === ",");
      it = call(...given);
    }
    while (tokens[0] === "?[") {
      take();
      const key = String(value());
      it = typeof it === "object" && it !== null ? ((it as Readonly<Record<string, unknown>>)[key] ?? null) : null;
      take("]");
    }
    return it;
  };
  take("@");
  const result = value();
  if (tokens.length > 0) throw new Error(`${tokens.join("")} is left over of ${expression}`);
  return result;
}
