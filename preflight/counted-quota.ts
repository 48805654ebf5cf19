import { countedTypes } from "../azure/counted-types";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { warning } from "./line";
import { askOwn, type Own } from "./own";
import { plannedMachines } from "./planned-machines";
import type { PlannedAzureResource } from "./preflight-facts";
import { type Answer, unanswered } from "./question";
import { hasUsage, judgeUsage, type UsagePlace, usagesQuestion } from "./usages";

interface Counted {
  readonly provider: string;
  /** Quotas that the same resources count in. */
  readonly usages: readonly string[];
  /** IDs in lowercase. */
  readonly ids: readonly string[];
}

interface Needs {
  readonly subscriptionId: string;
  readonly counted: readonly Counted[];
  readonly places: ReadonlyMap<string, UsagePlace>;
  readonly resources: readonly PlannedAzureResource[];
}

interface Answers {
  readonly usages: ReadonlyMap<string, Answer>;
  readonly own: Own;
}

const versions: Readonly<Record<string, string>> = {
  "Microsoft.Compute": armVersions.compute,
  "Microsoft.Network": armVersions.network,
  "Microsoft.Storage": armVersions.storage,
  "Microsoft.StorageCache": armVersions.storageCache,
};

/** Numbers of things that Azure limits by region: addresses, gateways, accounts, file systems. */
export const countedQuota: Check<Needs, Answers> = {
  name: "quota",
  needs: ({ subscriptionId, location, resources }) => {
    const groups = new Map<string, Counted>();
    for (const { token, id } of resources) {
      const type = countedTypes[token];
      if (type === undefined) continue;
      const key = type.usages.join();
      const before = groups.get(key)?.ids ?? [];
      groups.set(key, { ...type, ids: [...before, id.toLowerCase()] });
    }
    if (groups.size === 0) return null;
    const counted = [...groups.values()];
    const places = new Map(
      counted.map(({ provider }) => [
        provider,
        { subscriptionId, location, provider, apiVersion: versions[provider] ?? "" },
      ]),
    );
    return { subscriptionId, counted, places, resources };
  },
  ask: async ({ subscriptionId, places, resources }, ask) => {
    const [own, ...answers] = await Promise.all([
      askOwn(subscriptionId, { resources, machines: plannedMachines(resources) }, ask),
      ...[...places.values()].map((it) => ask(usagesQuestion(it))),
    ]);
    return { own, usages: new Map([...places.keys()].map((it, at) => [it, answers[at] as Answer])) };
  },
  judge: ({ counted, places }, { usages, own }) =>
    counted.flatMap(({ provider, usages: names, ids }) => {
      const place = places.get(provider);
      const answer = usages.get(provider);
      if (place === undefined || answer === undefined) return [];
      const there = names.filter((it) => hasUsage(answer, it));
      const need = `${ids.length}`;
      const subject = names[0] ?? "";
      if (answer.kind !== "found") return [unanswered(subject, need, answer)];
      if (there.length === 0)
        return [
          warning(
            subject,
            need,
            `${provider} lists no such quota in ${place.location}`,
            "Look at Quotas in the portal",
          ),
        ];
      const isOwn = (id: string): boolean => own.ids.has(id) || own.nodes.has(id);
      return there.map((name) => {
        const found = judgeUsage(place, answer, {
          name,
          need: ids.length,
          own: ids.filter(isOwn).length,
          unit: "",
          resourceType: null,
        });
        return found.verdict === "missing" && own.unknown !== null ? unanswered(name, need, own.unknown) : found;
      });
    }),
};
