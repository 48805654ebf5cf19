import { namespacesBehind } from "../azure/namespaces-behind";
import { normaliseRegion } from "../catalog/regions";
import { list, text, texts } from "../core/property-tree";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok } from "./line";
import { type Answer, get, unanswered } from "./question";

interface Needs {
  readonly subscriptionId: string;
  readonly location: string;
  /** Namespace, and its planned types that lie in a region. */
  readonly providers: ReadonlyMap<string, readonly string[]>;
}

/** Registrations of the providers that the plan makes something of, and whether their types are offered in the region. */
export const providers: Check<Needs, ReadonlyMap<string, Answer>> = {
  name: "providers",
  needs: ({ subscriptionId, location, resources }) => {
    const wanted = new Map<string, string[]>();
    for (const { arm, inputs } of resources) {
      const [namespace = "", ...type] = arm.split("/");
      for (const it of [namespace, ...(namespacesBehind[namespace] ?? [])]) if (!wanted.has(it)) wanted.set(it, []);
      const types = wanted.get(namespace) ?? [];
      const regional = typeof inputs["location"] === "string" && normaliseRegion(inputs["location"]) === location;
      if (regional && !types.includes(type.join("/"))) types.push(type.join("/"));
    }
    return wanted.size === 0 ? null : { subscriptionId, location, providers: wanted };
  },
  ask: async ({ subscriptionId, providers: wanted }, ask) => {
    const names = [...wanted.keys()];
    const answers = await Promise.all(
      names.map((it) =>
        ask(
          get(`/subscriptions/${subscriptionId}/providers/${it}`, {
            apiVersion: armVersions.resources,
            right: "Microsoft.Resources/subscriptions/providers/read",
            has: "registrationState",
          }),
        ),
      ),
    );
    return new Map(names.map((it, at) => [it, answers[at] as Answer]));
  },
  judge: ({ location, providers: wanted }, answers) =>
    [...wanted].flatMap(([namespace, types]) => {
      const answer = answers.get(namespace);
      return answer === undefined ? [] : judgeProvider(namespace, types, location, answer);
    }),
};

function judgeProvider(namespace: string, types: readonly string[], location: string, answer: Answer): Finding[] {
  const register = `az provider register --namespace ${namespace} --wait`;
  if (answer.kind === "absent")
    return [missing(namespace, "Registered", "this cloud has no such provider", "Leave out what needs it")];
  if (answer.kind !== "found") return [unanswered(namespace, "Registered", answer)];
  const state = text(answer.body, "registrationState") ?? "unknown";
  const elsewhere = types.filter((it) => !offeredIn(answer, it, location));
  return [
    state === "Registered" ? ok(namespace, "Registered", state) : missing(namespace, "Registered", state, register),
    ...elsewhere.map((it) =>
      missing(
        `${namespace}/${it}`,
        `offered in ${location}`,
        "not offered there",
        "Take another region, or leave it out",
      ),
    ),
  ];
}

/** Whether a type is offered in a region. One that lists no region, or is not listed, says nothing. */
function offeredIn(answer: Answer, type: string, location: string): boolean {
  if (answer.kind !== "found") return true;
  const found = list(answer.body, "resourceTypes").find(
    (it) => text(it, "resourceType")?.toLowerCase() === type.toLowerCase(),
  );
  const locations = texts(found, "locations").map(normaliseRegion);
  return locations.length === 0 || locations.includes("global") || locations.includes(location);
}
