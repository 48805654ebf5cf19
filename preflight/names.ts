import { nameAvailability, type NameAvailability } from "../azure/name-availability";
import { findRow } from "../azure/rows";
import { text, read } from "../core/property-tree";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok, warning } from "./line";
import { askOwn, type Own } from "./own";
import type { PlannedAzureResource } from "./preflight-facts";
import { type Answer, get, post, type Question, unanswered } from "./question";

interface NameNeed extends NameAvailability {
  readonly name: string;
  readonly id: string;
}

interface Needs {
  readonly subscriptionId: string;
  readonly location: string;
  readonly names: readonly NameNeed[];
  readonly resources: readonly PlannedAzureResource[];
}

const versions: Readonly<Record<NameAvailability["namespace"], string>> = {
  "Microsoft.Storage": armVersions.storage,
  "Microsoft.KeyVault": armVersions.keyVault,
  "Microsoft.ContainerRegistry": armVersions.containerRegistry,
  "Microsoft.Network": armVersions.network,
  "Microsoft.Dashboard": armVersions.dashboard,
};

/** Names that only one resource in the world, or in the region, can have: free, or this environment's own already. */
export const names: Check<Needs, { readonly answers: readonly Answer[]; readonly own: Own }> = {
  name: "names",
  needs: ({ subscriptionId, location, resources }) => {
    const wanted = resources.flatMap(({ token, id, inputs }) => {
      const asked = nameAvailability[token];
      const back = findRow(token)?.unique?.keptAfterDelete?.takenBack;
      // A deleted one that is brought back has its name.
      if (back !== undefined && text(inputs, back.input) === back.value) return [];
      const name = asked === undefined ? undefined : text(inputs, asked.input);
      return asked === undefined || name === undefined ? [] : [{ ...asked, name, id }];
    });
    return wanted.length === 0 ? null : { subscriptionId, location, names: wanted, resources };
  },
  ask: async ({ subscriptionId, location, names: wanted, resources }, ask) => {
    const [own, ...answers] = await Promise.all([
      askOwn(subscriptionId, { resources, machines: [] }, ask),
      ...wanted.map((it) => ask(questionOf(it, subscriptionId, location))),
    ]);
    return { own, answers };
  },
  judge: ({ names: wanted }, { answers, own }) =>
    wanted.flatMap((it, at) => {
      const answer = answers[at];
      return answer === undefined ? [] : [judgeName(it, answer, own)];
    }),
};

function questionOf({ namespace, type, name, right }: NameNeed, subscriptionId: string, location: string): Question {
  const apiVersion = versions[namespace];
  if (type === null)
    return get(
      `/subscriptions/${subscriptionId}/providers/${namespace}/locations/${location}/CheckDnsNameAvailability`,
      {
        apiVersion,
        right,
        has: "available",
        query: { domainNameLabel: name },
      },
    );
  return post(`/subscriptions/${subscriptionId}/providers/${namespace}/checkNameAvailability`, {
    apiVersion,
    right,
    has: "nameAvailable",
    body: { name, type },
  });
}

function judgeName({ name, id, what, remedy, published }: NameNeed, answer: Answer, own: Own): Finding {
  const need = `free as the name of a ${what}`;
  if (own.ids.has(id.toLowerCase())) return ok(name, need, "this environment has it already");
  if (!published && (answer.kind === "absent" || answer.kind === "refused"))
    return warning(
      name,
      need,
      "Azure does not say: how it is asked is not published",
      `If up says that it is taken: ${remedy}`,
    );
  if (answer.kind !== "found") return unanswered(name, need, answer);
  const free = read(answer.body, "nameAvailable") ?? read(answer.body, "available");
  if (free === true) return ok(name, need, "free");
  if (free !== false) return unanswered(name, need, answer);
  if (own.unknown !== null) return unanswered(name, need, own.unknown);
  const reason = text(answer.body, "reason") ?? "taken";
  return missing(name, need, reason === "AlreadyExists" ? "somebody has it" : reason, remedy);
}
