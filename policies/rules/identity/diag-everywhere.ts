import { isUnknown } from "../../../core/property-marks";
import { locate, read, text } from "../../../core/property-tree";
import { about, unjudged } from "../../engine/expect";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";

/** What must keep its log: how it is called, where its name stands, and the segment of its ARM ID before the name. */
const audited = [
  { type: types.keyVault, what: "a vault", name: "vaultName", segment: "vaults" },
  { type: types.registry, what: "a registry", name: "registryName", segment: "registries" },
  { type: types.firewall, what: "a firewall", name: "azureFirewallName", segment: "azureFirewalls" },
] as const;

export const diagEverywhere: StackRule = {
  id: 157,
  name: "diag-everywhere",
  area: "identity",
  kind: "stack",
  types: [...audited.map(({ type }) => type), types.diagnosticSetting, types.workspace],
  title: "In a stack that keeps logs, vaults, registries and firewalls keep theirs.",
  why: "After an incident nobody can say who read a key, pushed an image or got out.",
  remedy: "Add a DiagnosticSetting on it with its audit logs on, to the workspace of the others.",
  severity: "medium",
  levels: levels.rising,
  source: "PSRule Azure.KeyVault.Logs; Azure Policy cf820ca0",
  check: (resources) => {
    const settings = resources.filter(({ type }) => sameType(type, types.diagnosticSetting));
    // A stack without logs has no place for them. That of the bootstrap is one: its vault is there before any workspace is, and a workspace
    // for it alone is one more store that somebody has to own, to read and to pay for after every environment is gone. Who changes the vault
    // stands in the activity log of Azure; who uses its key does not, and whoever needs that registers a workspace, and then this rule asks.
    if (settings.length === 0 && !resources.some(({ type }) => sameType(type, types.workspace))) return [];
    return audited.flatMap((kind) =>
      resources
        .filter(({ type }) => sameType(type, kind.type))
        .flatMap((it): readonly StackOutcome[] => {
          const own = settings.filter((setting) => mayBeOf(setting, it, kind));
          if (own.some(keeps)) return [];
          const vague = own.find(hasUnknown);
          return vague === undefined
            ? about(it, [{ path: "id", is: `${kind.what} whose log nobody keeps`, must: "have a diagnostic setting" }])
            : about(vague, [unjudged("logs")]);
        }),
    );
  },
};

/** Whether a setting hangs on a resource: it names it, or its ID is one that Azure has yet to give and comes of it. */
function mayBeOf(
  { inputs, propertyDependencies }: Subject,
  resource: Subject,
  { name, segment }: (typeof audited)[number],
): boolean {
  if (isUnknown(read(inputs, "resourceUri"))) {
    const from = propertyDependencies?.["resourceUri"];
    return from === undefined || from.includes(resource.urn);
  }
  const [, named] = new RegExp(`/${segment}/([^/]+)$`, "i").exec(text(inputs, "resourceUri") ?? "") ?? [];
  const given = text(resource.inputs, name);
  return named !== undefined && (given === undefined || given.toLowerCase() === named.toLowerCase());
}

function keeps({ inputs }: Subject): boolean {
  return locate(inputs, "logs[].enabled").some(({ value }) => value === true);
}

function hasUnknown({ inputs }: Subject): boolean {
  return locate(inputs, "logs[].enabled").some(({ value }) => isUnknown(value));
}
