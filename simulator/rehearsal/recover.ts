import type { PlannedResource } from "../../core/planned-resource";
import type { World } from "../azure/world";
import type { StateResource, EngineState, RehearsedStack } from "./rehearsal";

/** What recovery needs of a planned resource. */
export type Wanted = Pick<PlannedResource, "urn" | "type" | "id" | "parent" | "custom">;

/** What was wrong between state and Azure after an update that was cut off, by URN. */
export interface Recovery {
  /** Azure had made it, the state did not know it: it does now. */
  readonly adopted: readonly string[];
  /** The state held it, Azure does not: the next `up` makes it again. */
  readonly forgotten: readonly string[];
  /** Operations of which the engine never heard the end. */
  readonly pending: readonly string[];
}

/**
 * What a person does after an update was cut off and before the next: `pulumi cancel`, `pulumi import` for each resource
 * that Azure made all the same, and a refresh of what is in doubt, of nothing else. Adopts through the state, because
 * `pulumi import` needs the Node language host, which need not be here.
 */
export async function recover(
  stack: Pick<RehearsedStack, "cancel" | "state" | "importState" | "refresh">,
  world: World,
  planned: readonly Wanted[],
): Promise<Recovery> {
  await stack.cancel().catch(() => undefined); // fails when nothing is locked
  const state = await stack.state();
  const pending = (state.pending_operations ?? []).map(({ resource }) => resource.urn);
  const strays = findStrays(state, world, planned);
  const azure = (state.resources ?? []).filter(({ type }) => type.startsWith("azure-native:"));
  const gone = azure.filter(({ id }) => id !== undefined && world.resource(id) === undefined);
  const adopted = strays.map(({ urn }) => urn);
  const forgotten = gone.map(({ urn }) => urn);
  if (strays.length > 0 || pending.length > 0) {
    await stack.importState({ ...state, pending_operations: [], resources: [...(state.resources ?? []), ...strays] });
  }
  const known = new Set(state.resources?.map(({ urn }) => urn));
  const targets = [...new Set([...adopted, ...forgotten, ...pending.filter((it) => known.has(it))])];
  if (targets.length > 0) await stack.refresh({ targets });
  return { adopted, forgotten, pending };
}

/** What the plan wants, Azure has and the state does not know, as entries of the state; a refresh fills them in. */
function findStrays({ resources = [] }: EngineState, world: World, planned: readonly Wanted[]): StateResource[] {
  const known = new Set(resources.map(({ urn }) => urn));
  const provider = resources.find(({ type, custom }) => custom && type.startsWith("azure-native:"))?.provider;
  if (provider === undefined) return [];
  return planned
    .filter(({ custom, type }) => custom && type.startsWith("azure-native:"))
    .filter(({ urn, parent, id }) => !known.has(urn) && known.has(parent) && world.resource(id) !== undefined)
    .map(({ urn, type, id, parent }) => ({ urn, type, id, parent, custom: true, provider, inputs: {}, outputs: {} }));
}
