import { isUnknown } from "../core/property-marks";
import { isList, isRecord } from "../core/property-value";
import { renamedInputs } from "./arm-body";
import { findArmType } from "./arm-types";

type Tree = Readonly<Record<string, unknown>>;

/** Types whose inputs have `properties` as ARM does. Source: pulumi/pulumi-azure-native 3.28.0 (schema) */
const keepProperties = ["azure-native:keyvault:Vault"];

/** What ARM says of a resource beside its inputs. */
const noInputs = ["type", "apiVersion", "name", "properties", "dependsOn", "condition", "copy", "comments", "scope"];

/**
 * The inputs that make the SDK send a body: what ARM has below `properties` lies beside it, also in the items of lists, and the parts of
 * the name are inputs of their own.
 */
export function armInputs(token: string, body: Tree): Tree {
  const { name, properties } = body;
  const outer = Object.fromEntries(Object.entries(body).filter(([key]) => !noInputs.includes(key)));
  const inner = keepProperties.includes(token) ? { properties } : isRecord(properties) ? properties : {};
  const renamed = new Map(Object.entries(renamedInputs(token)).map(([ours, arm]) => [arm, ours]));
  const inputs = Object.entries({ ...outer, ...inner }).map(([key, it]) => [
    renamed.get(key) ?? key,
    key === "identity" ? identityOf(it) : lifted(it),
  ]);
  return { ...Object.fromEntries(inputs), ...namesIn(token, name) } as Tree;
}

/** The last parts of a name belong to the last inputs that name the resource: the group stands in no name. */
function namesIn(token: string, name: unknown): Tree {
  const names = findArmType(token)?.names ?? [];
  const own = names.at(-1);
  if (typeof name !== "string" || own === undefined) return {};
  if (isUnknown(name)) return { [own]: name };
  const parts = name.split("/");
  // A part that is always the same, as blobServices/default, is no input.
  const inputs = names.slice(-Math.min(parts.length, names.length));
  const first = parts.slice(0, inputs.length - 1);
  return Object.fromEntries(inputs.map((it, at) => [it, at === inputs.length - 1 ? parts.at(-1) : first[at]]));
}

function lifted(value: unknown): unknown {
  if (isList(value)) return value.map(lifted);
  if (!isRecord(value)) return value;
  const { properties, ...rest } = value;
  const own = isRecord(properties) ? { ...rest, ...properties } : value;
  return Object.fromEntries(Object.entries(own).map(([key, it]) => [key, lifted(it)]));
}

/** ARM has an object by ID where the SDK has a list. */
function identityOf(value: unknown): unknown {
  if (!isRecord(value) || !isRecord(value["userAssignedIdentities"])) return value;
  return { ...value, userAssignedIdentities: Object.keys(value["userAssignedIdentities"]) };
}
