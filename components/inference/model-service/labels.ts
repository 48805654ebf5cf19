import { serverLabels } from "../../../catalog/llm-d-router";
import type { ServerPlan } from "./plan";

/** What the pods of a server do: answer, work with one that answers, or read prompts for those that answer. */
export type ServerRole = "server" | "worker" | "prefill";

/** Labels of what belongs to a model: who serves it, who works with those, and who picks one of them. */
export function labelsOf(
  model: string,
  { name }: Pick<ServerPlan, "name">,
  component: ServerRole | "picker",
): Readonly<Record<string, string>> {
  return {
    "app.kubernetes.io/name": model,
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/component": component,
  };
}

/** Labels of a pod of a server. Where prompts are read by others the picker has to know who does what. */
export function podLabels(model: string, server: ServerPlan, role: ServerRole): Readonly<Record<string, string>> {
  return {
    ...labelsOf(model, server, role),
    ...(server.prefill !== null && {
      [serverLabels.role]: role === "prefill" ? "prefill" : "decode",
      ...engineLabel(server),
    }),
  };
}

/** Selects the pods that a picker picks from. Those of a server keep their labels when others come to read prompts for them. */
export function pickedFrom(model: string, server: ServerPlan): Readonly<Record<string, string>> {
  const both = { "app.kubernetes.io/name": model, "app.kubernetes.io/instance": server.name };
  return server.prefill === null ? labelsOf(model, server, "server") : { ...both, ...engineLabel(server) };
}

/** What the picker reads the metrics of a pod as. */
function engineLabel({ gpu }: ServerPlan): Readonly<Record<string, string>> {
  return { [serverLabels.engine]: gpu.engine };
}

/** Selects all servers of a model that answer requests, those of its canary included. */
export function serversOf(model: string): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/name": model, "app.kubernetes.io/component": "server" };
}

/** Name of the picker of a server. */
export function pickerName({ name }: Pick<ServerPlan, "name">): string {
  return `${name}-picker`;
}
