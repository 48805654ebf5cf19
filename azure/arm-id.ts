import { findArmType } from "./arm-types";

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

/** Where resources live whose subscription nobody named. */
export const nilSubscription = "00000000-0000-0000-0000-000000000000";

/**
 * ARM ID that Azure gives a resource with these inputs.
 * @throws Error when the token is unknown or a name is missing: a bug of the caller, not of the user
 */
export function armId(token: string, inputs: Readonly<Record<string, unknown>>, subscriptionId: string): string {
  const type = findArmType(token);
  if (type === undefined) throw new Error(`no ARM type is known for ${token}`);
  return type.path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
    const value = parameter === "subscriptionId" ? subscriptionId : inputs[parameter];
    if (typeof value !== "string" || (value === "" && parameter !== "subscriptionId")) {
      throw new Error(`${token} has no ${parameter}`);
    }
    // A scope may be the root, "/", which must not double the slash.
    return value.replace(/\/$/, "");
  });
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

/** Name of the resource that an ARM ID is of, in lowercase: Azure does not tell cases apart. */
export function nameInId(id: string): string | undefined {
  return parseArmId(id)?.names.at(-1)?.toLowerCase();
}
