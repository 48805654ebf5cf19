import { stableUuid } from "../core/names";
import { armId } from "./arm-id";
import type { Props, ProviderFunction } from "./arm-row";
import { findArmType } from "./arm-types";
import { rowOf, rows } from "./rows";

/**
 * ID and outputs that Azure would answer with: real in form, made up in content.
 * @throws Error when the type has no row or a name is missing: a bug of this project, not of the user
 */
export function armOutputs(
  token: string,
  inputs: Props,
  subscriptionId: string,
): { readonly id: string; readonly outputs: Props } {
  const row = rowOf(token);
  const id = armId(token, inputs, subscriptionId);
  const type = findArmType(token)?.arm;
  return { id, outputs: { ...inputs, name: id.split("/").at(-1), type, ...row.answers?.(inputs, id) } };
}

/** A provider function that a program may call. */
export interface KnownFunction extends ProviderFunction {
  /** Type token of the resource that it asks for, `null` for none. */
  readonly of: string | null;
}

/**
 * Finds a provider function by its token.
 * @throws Error that names the file to edit
 */
export function functionOf(token: string): KnownFunction {
  const [, namespace = "", name = ""] = token.split(":");
  for (const [of, { functions }] of rows) {
    const found = of.startsWith(`azure-native:${namespace}:`) ? functions?.[name] : undefined;
    if (found !== undefined) return { ...found, of };
  }
  if (token === "azure-native:authorization:getClientConfig") return clientConfig;
  throw new Error(`No answer is known for ${token}: add it to a row in azure/${namespace}.ts (facet functions).`);
}

/** Who asks. The one function that is not about a resource. */
const clientConfig: KnownFunction = {
  of: null,
  // The login says it.
  action: null,
  secrets: [],
  answer: (_, asker) => ({
    clientId: stableUuid("client"),
    objectId: stableUuid("object"),
    subscriptionId: asker.subscriptionId,
    tenantId: stableUuid("tenant"),
  }),
};
