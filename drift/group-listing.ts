import { parseArmId } from "../azure/arm-id";
import { sdkType } from "../azure/sdk-type";
import { tokensOf } from "../azure/tokens-of";
import { list, text } from "../core/property-tree";
import type { Value } from "../core/property-value";
import { armVersions } from "../preflight/arm-versions";
import { asUnanswered, type Answer, type Ask, get } from "../preflight/question";

/** What lies in a resource group, as Azure tells. */
export interface GroupListing {
  /** ARM ID. */
  readonly id: string;
  /** Resources of the list that nobody knows, whole where their type is known, and as listed where not. */
  readonly strangers: readonly Value[];
  /** IDs of all that was listed, in lowercase. */
  readonly listed: ReadonlySet<string>;
  /** Role assignments and locks on the group and on what lies in it. */
  readonly extensions: readonly Value[];
  /** What could not be asked. */
  readonly unlisted: readonly Unlisted[];
}

/** What could not be asked of a group. */
export interface Unlisted {
  readonly group: string;
  readonly what: "resources" | (typeof extensionKinds)[number]["what"];
  readonly because: string;
  readonly remedy: string;
}

/** What hangs on other resources, is in no list of them, and can be asked for by itself. */
const extensionKinds = [
  { what: "role assignments", type: "Microsoft.Authorization/roleAssignments", apiVersion: armVersions.authorization },
  { what: "locks", type: "Microsoft.Authorization/locks", apiVersion: armVersions.locks },
] as const;

/** Whether a type is asked for beside the list of a group. */
export function isAskedApart(arm: string): boolean {
  return extensionKinds.some(({ type }) => type.toLowerCase() === arm.toLowerCase());
}

/** Strangers that are looked at one by one: more of them are one accident, and each takes a question. */
const mostLookedAt = 100;

/**
 * Asks what lies in a group.
 * @param known IDs in lowercase that the states of the environment have.
 */
export async function listGroup(id: string, known: ReadonlySet<string>, ask: Ask): Promise<GroupListing> {
  const [resources, extensions] = await Promise.all([
    ask(resourcesIn(id)),
    Promise.all(extensionKinds.map(async (it) => ({ what: it.what, answer: await ask(extensionsOn(id, it)) }))),
  ]);
  const all = valuesOf(resources);
  const strangers = all.filter((it) => !known.has(idOf(it)));
  const looked = await Promise.all(strangers.slice(0, mostLookedAt).map((it) => whole(it, ask)));
  return {
    id,
    listed: new Set(all.map(idOf)),
    strangers: [...looked, ...strangers.slice(mostLookedAt)],
    extensions: extensions
      .flatMap(({ answer }) => valuesOf(answer))
      .filter((it) => isIn(parseArmId(idOf(it))?.scope ?? "", id)),
    unlisted: [{ what: "resources" as const, answer: resources }, ...extensions].flatMap((it) => unlisted(id, it)),
  };
}

/** ARM ID of a resource of an answer, in lowercase. */
export function idOf(resource: Value): string {
  return (text(resource, "id") ?? "").toLowerCase();
}

function resourcesIn(group: string): ReturnType<typeof get> {
  return get(`${group}/resources`, {
    apiVersion: armVersions.resources,
    query: { $expand: "createdTime,changedTime" },
    right: "Microsoft.Resources/subscriptions/resourceGroups/resources/read",
    has: "value",
  });
}

/**
 * Without a filter Azure tells of what hangs on something above and below, too: what hangs above is not the group's.
 * Source: Azure/azure-powershell:src/Resources/Resources/help/Get-AzResourceLock.md (AtScope)
 */
function extensionsOn(group: string, { type, apiVersion }: (typeof extensionKinds)[number]): ReturnType<typeof get> {
  return get(`${group}/providers/${type}`, { apiVersion, right: `${type}/read`, has: "value" });
}

/** The list has no properties: what something costs, and what it belongs to, is in the resource itself. */
async function whole(listed: Value, ask: Ask): Promise<Value> {
  const id = text(listed, "id") ?? "";
  const arm = parseArmId(id)?.arm ?? "";
  const apiVersion = tokensOf(arm)
    .map((token) => sdkType(token)?.apiVersion ?? "")
    .find((it) => it !== "");
  if (apiVersion === undefined) return listed;
  const answer = await ask(get(id, { apiVersion, right: `${arm}/read`, has: "id" }));
  // A resource that cannot be read, or went in between, is told as the list has it.
  return answer.kind === "found" ? { ...(listed as object), ...(answer.body as object) } : listed;
}

function valuesOf(answer: Answer): readonly Value[] {
  return answer.kind === "found" ? list(answer.body, "value").filter((it) => idOf(it) !== "") : [];
}

function unlisted(
  group: string,
  { what, answer }: Pick<Unlisted, "what"> & { readonly answer: Answer },
): readonly Unlisted[] {
  // What has no ID cannot be told: then nobody knows what else there is.
  if (answer.kind === "found" && list(answer.body, "value").every((it) => idOf(it) !== "")) return [];
  const { because, remedy } = asUnanswered(answer);
  return [{ group, what, because, remedy }];
}

function isIn(scope: string, group: string): boolean {
  const [inner, outer] = [scope.toLowerCase(), group.toLowerCase()];
  return inner === outer || inner.startsWith(`${outer}/`);
}
