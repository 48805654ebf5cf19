import { commandText } from "../core/command-text";
import { list, text } from "../core/property-tree";
import type { Value } from "../core/property-value";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok } from "./line";
import { neededRights } from "./needed-rights";
import { type Answer, get, unanswered } from "./question";

interface Needs {
  readonly subscriptionId: string;
  /** Scopes that the plan writes at, in lowercase: its resource groups, and things of others. */
  readonly scopes: readonly string[];
}

/** Locks that let nobody write where the plan writes. One that only keeps things from being deleted is in nobody's way. */
export const locks: Check<Needs, Answer> = {
  name: "locks",
  needs: ({ subscriptionId, resources }) => {
    const all = [...neededRights(resources).keys()].map((it) => it.toLowerCase());
    // Another subscription has locks of its own. A lock on this one is met by each group in it.
    const scopes = all.filter((it) => it.startsWith(`/subscriptions/${subscriptionId}/`));
    return scopes.length === 0 ? null : { subscriptionId, scopes };
  },
  ask: ({ subscriptionId }, ask) =>
    ask(
      get(`/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/locks`, {
        apiVersion: armVersions.locks,
        right: "Microsoft.Authorization/locks/read",
        has: "value",
      }),
    ),
  judge: ({ scopes }, answer) => {
    const [subject, need] = ["locks", "none that forbids writing"];
    if (answer.kind !== "found") return [unanswered(subject, need, answer)];
    const met = list(answer.body, "value").filter(
      (it) => text(it, "properties.level") === "ReadOnly" && meets(it, scopes),
    );
    return met.length === 0 ? [ok(subject, need, "none")] : met.map(judgeLock);
  },
};

/** Whether a lock lies on a scope, above it, or on something in it that the environment has made and would write again. */
function meets(lock: Value, scopes: readonly string[]): boolean {
  const on = scopeOf(lock);
  return scopes.some((it) => it === on || it.startsWith(`${on}/`) || on.startsWith(`${it}/`));
}

function scopeOf(lock: Value): string {
  return (text(lock, "id") ?? "").toLowerCase().replace(/\/providers\/microsoft\.authorization\/locks\/[^/]+$/, "");
}

function judgeLock(lock: Value): Finding {
  const id = text(lock, "id") ?? "";
  const notes = text(lock, "properties.notes");
  return missing(
    text(lock, "name") ?? "a lock",
    "none that forbids writing",
    `ReadOnly on ${scopeOf(lock)}${notes === undefined ? "" : ` (${notes.slice(0, 80)})`}`,
    commandText(["lock", "delete", "--ids", id]),
  );
}
