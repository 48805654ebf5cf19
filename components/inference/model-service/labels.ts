import type { ServerPlan } from "./plan";

/** Labels of what belongs to a model: who serves it, who works with those, and who picks one of them. */
export function labelsOf(
  model: string,
  { name }: Pick<ServerPlan, "name">,
  component: "server" | "worker" | "picker",
): Readonly<Record<string, string>> {
  return {
    "app.kubernetes.io/name": model,
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/component": component,
  };
}

/** Selects all servers of a model that answer requests, those of its canary included. */
export function serversOf(model: string): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/name": model, "app.kubernetes.io/component": "server" };
}

/** Name of the picker of a server. */
export function pickerName({ name }: Pick<ServerPlan, "name">): string {
  return `${name}-picker`;
}
