import { armTypes, type ArmType } from "./arm-type-table";

export { armTypes, type ArmType, type NameRule } from "./arm-type-table";

/** What an ARM ID says. */
export interface ArmIdParts {
  /** ID that the resource hangs on: a resource group, or any resource for extension resources such as role assignments. */
  readonly scope: string;
  readonly subscriptionId: string | null;
  readonly resourceGroupName: string | null;
  /** ARM type, for example `Microsoft.Network/virtualNetworks/subnets`. */
  readonly arm: string;
  /** One name for each type segment after the provider. */
  readonly names: readonly string[];
}

/** Row of a Pulumi type token, with or without an API version in it. */
export function findArmType(token: string): ArmType | undefined {
  const match = /^azure-native:(\w+)(?:\/[^:]+)?:(\w+)$/.exec(token);
  return match === null ? undefined : armTypes.get(`azure-native:${match[1] ?? ""}:${match[2] ?? ""}`);
}

/**
 * ARM ID that Azure gives a resource with these inputs.
 * @throws Error when the token is unknown or a name is missing: a bug of the caller, not of the user
 */
export function armId(token: string, inputs: Readonly<Record<string, unknown>>, subscriptionId: string): string {
  const type = findArmType(token);
  if (type === undefined) throw new Error(`no ARM type is known for ${token}`);
  const nameOf = (parameter: string): string => {
    const value = inputs[parameter];
    if (typeof value !== "string" || value === "") throw new Error(`${token} has no ${parameter}`);
    return value;
  };

  const group = `/subscriptions/${subscriptionId}/resourceGroups/`;
  const [first = "", ...parameters] = type.names;
  if (type.arm === "Microsoft.Resources/resourceGroups") return group + nameOf(first);

  // The root scope is "/", which must not double the slash.
  const scope = first === "scope" ? nameOf(first).replace(/\/$/, "") : group + nameOf(first);
  const [provider = "", ...segments] = type.arm.split("/");
  const open = [...parameters];
  const path = segments.map((segment) => {
    const fixed = type.fixedNames[segment];
    return `${segment}/${fixed ?? nameOf(open.shift() ?? "name")}`;
  });
  return `${scope}/providers/${provider}/${path.join("/")}`;
}

/** Takes an ARM ID apart. Case of the fixed words does not matter; `undefined` when the text is no ARM ID. */
export function parseArmId(id: string): ArmIdParts | undefined {
  const group = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i.exec(id);
  const subscriptionId = group?.[1] ?? null;
  const resourceGroupName = group?.[2] ?? null;

  const at = id.toLowerCase().lastIndexOf("/providers/");
  if (at < 0) {
    if (group?.[0] !== id || subscriptionId === null || resourceGroupName === null) return undefined;
    const arm = "Microsoft.Resources/resourceGroups";
    return {
      scope: `/subscriptions/${subscriptionId}`,
      subscriptionId,
      resourceGroupName,
      arm,
      names: [resourceGroupName],
    };
  }

  const [provider = "", ...rest] = id.slice(at + "/providers/".length).split("/");
  if (provider === "" || rest.length === 0 || rest.length % 2 !== 0 || rest.includes("")) return undefined;
  return {
    scope: at === 0 ? "/" : id.slice(0, at),
    subscriptionId,
    resourceGroupName,
    arm: [provider, ...rest.filter((_, index) => index % 2 === 0)].join("/"),
    names: rest.filter((_, index) => index % 2 === 1),
  };
}
