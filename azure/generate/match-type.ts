import type { SdkType } from "../sdk-type";
import type { PublishedType } from "./published-types";

/** The ARM type that a class of the SDK makes, and the path of its ID with the inputs that fill it. */
export interface Match {
  readonly published: PublishedType;
  /** For example `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/...`. */
  readonly path: string;
}

/** Classes that are called otherwise than their ARM type. */
const irregular: Readonly<Record<string, string>> = {
  ActionRuleByName: "actionRules",
  AlertProcessingRuleByName: "actionRules",
  AzureCliScript: "deploymentScripts",
  AzureMonitorWorkspace: "accounts",
  AzurePowerShellScript: "deploymentScripts",
  ManagementLockAtResourceGroupLevel: "locks",
  ManagementLockAtSubscriptionLevel: "locks",
  ManagementLockByScope: "locks",
  NetworkSecurityPerimeterAssociation: "resourceAssociations",
  PrivateZone: "privateDnsZones",
  VirtualMachineScaleSetVM: "virtualMachineScaleSets/virtualMachines",
};

/**
 * Finds the ARM type of a class: by name first, then by the inputs that are neither properties of the body nor names.
 * `undefined` when no type fits whole: a wrong path would be worse than none.
 */
export function matchType(name: string, { inputs }: SdkType, published: readonly PublishedType[]): Match | undefined {
  const wanted = irregular[name];
  const candidates = published.flatMap((type) => {
    const likeness = wanted === undefined ? likenessOf(name, type.arm) : type.arm.endsWith(`/${wanted}`) ? 3 : 0;
    if (likeness === 0) return [];
    const open = inputs.filter((it) => !type.properties.has(it));
    const found = pathOf(type, open, published);
    return found === undefined ? [] : [{ ...found, published: type, likeness, open: open.length }];
  });
  const [best] = candidates.sort((a, b) => b.likeness - a.likeness || a.open - b.open || a.guessed - b.guessed);
  return best;
}

/** 3 when the class is called as the type, 2 when it names its parents too, 1 when one name holds the other, else 0. */
function likenessOf(name: string, arm: string): number {
  const own = singular(name.replace(/Properties$|(At|By)[A-Z]\w+$/, ""));
  const segments = arm.split("/").slice(1).map(singular);
  const last = segments.at(-1) ?? "";
  if (own === last) return 3;
  if (segments.some((_, at) => own === segments.slice(at).join(""))) return 2;
  return own.endsWith(last) || last.endsWith(own) || segments.join("").endsWith(own) ? 1 : 0;
}

function singular(plural: string): string {
  return plural
    .toLowerCase()
    .replace(/ies$/, "y")
    .replace(/(x|ss|rch)es$/, "$1")
    .replace(/([^s])s$/, "$1");
}

/** Path of the ID, `undefined` when it is not certain which input is which name. */
function pathOf(
  { arm }: PublishedType,
  open: readonly string[],
  published: readonly PublishedType[],
): { readonly path: string; readonly guessed: number } | undefined {
  const input = Object.keys(scopes).find((it) => open.includes(it)) ?? "";
  const scope = scopes[input] ?? "/subscriptions/{subscriptionId}";
  if (arm === "Microsoft.Resources/resourceGroups") return { path: scope, guessed: 0 };

  const [provider = "", ...segments] = arm.split("/");
  const free = open.filter((it) => it !== input);
  const named = namesOf(segments, free);
  const known = segments.map((segment, at) => {
    const own = named.get(segment);
    return own === undefined ? onlyName([provider, ...segments.slice(0, at + 1)].join("/"), published) : `{${own}}`;
  });
  // One name may be called otherwise, as a cluster's is `resourceName`: then it is the one that is left.
  const left = free.filter((it) => !known.includes(`{${it}}`) && /(name|Name|Id|Type)$/.test(it));
  const [last] = left.length > 1 ? left.filter((it) => it !== "name") : left;
  const guessed = known.filter((it) => it === undefined).length;
  if (guessed > 1 || (guessed === 1 && last === undefined)) return undefined;
  const path = segments.map((segment, at) => `${segment}/${known[at] ?? `{${last ?? ""}}`}`);
  return { path: `${scope}/providers/${provider}/${path.join("/")}`, guessed };
}

const managementGroups = "/providers/Microsoft.Management/managementGroups";
/** What a type can hang on, by the input that says so. */
const scopes: Readonly<Record<string, string>> = {
  resourceGroupName: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
  scope: "{scope}",
  resourceUri: "{resourceUri}",
  scopeId: "{scopeId}",
  managementGroupId: `${managementGroups}/{managementGroupId}`,
  groupId: `${managementGroups}/{groupId}`,
};

/** Inputs that are named after segments: `agentPoolName` for `agentPools`, `vmExtensionName` for `extensions`. */
function namesOf(segments: readonly string[], inputs: readonly string[]): ReadonlyMap<string, string> {
  const fits: readonly ((stem: string, tail: string) => boolean)[] = [
    (stem, tail) => stem === tail,
    (stem, tail) => stem.endsWith(tail),
    (stem, tail) => stem.length > 3 && tail.startsWith(stem),
  ];
  const found = new Map<string, string>();
  for (const fit of fits) {
    for (const segment of segments.filter((it) => !found.has(it))) {
      const words = segment.replace(/([a-z])([A-Z])/g, "$1 $2").split(" ");
      const tails = words.map((_, at) => singular(words.slice(at).join("")));
      const input = inputs
        .filter((it) => ![...found.values()].includes(it))
        .find((it) => tails.some((tail) => fit(singular(it.replace(/(Resource)?(Name|Id)$/, "")), tail)));
      if (input !== undefined) found.set(segment, input);
    }
  }
  return found;
}

/** The name that a type always has, `undefined` when it can have several. */
function onlyName(arm: string, published: readonly PublishedType[]): string | undefined {
  const values = published.find((it) => it.arm === arm)?.name?.values ?? [];
  return values.length === 1 ? values[0] : undefined;
}
