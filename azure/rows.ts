import { alertsmanagement } from "./alertsmanagement";
import type { ArmRow } from "./arm-row";
import { armTypes, findArmType, plainToken, type ArmType } from "./arm-types";
import { authorization } from "./authorization";
import { compute } from "./compute";
import { consumption } from "./consumption";
import { containerregistry } from "./containerregistry";
import { containerservice } from "./containerservice";
import { dashboard } from "./dashboard";
import { keyvault } from "./keyvault";
import { logic } from "./logic";
import { managedidentity } from "./managedidentity";
import type { NameRule } from "./name-rule";
import { monitor } from "./monitor";
import { netapp } from "./netapp";
import { network } from "./network";
import { operationalinsights } from "./operationalinsights";
import { privatedns } from "./privatedns";
import { resources } from "./resources";
import { storage } from "./storage";
import { storagecache } from "./storagecache";
import { virtualmachineimages } from "./virtualmachineimages";

/** By namespace, as the SDK has them. */
const namespaces = {
  resources,
  storagecache,
  storage,
  netapp,
  operationalinsights,
  monitor,
  alertsmanagement,
  dashboard,
  network,
  privatedns,
  containerregistry,
  keyvault,
  containerservice,
  compute,
  managedidentity,
  authorization,
  logic,
  consumption,
  virtualmachineimages,
} as const;

/** The row of every type that this project registers, by type token without API version. */
export const rows: ReadonlyMap<string, ArmRow> = new Map(
  Object.entries(namespaces).flatMap(([namespace, types]) =>
    Object.entries<ArmRow>(types).map(([name, row]) => [`azure-native:${namespace}:${name}`, row] as const),
  ),
);

/** The row of a type token, with or without an API version in it. */
export function findRow(token: string): ArmRow | undefined {
  return rows.get(plainToken(token));
}

/**
 * The row of a type that must have one.
 * @throws Error that names the file to edit: a bug of this project, not of the user
 */
export function rowOf(token: string): ArmRow {
  const row = findRow(token);
  if (row !== undefined && findArmType(token) !== undefined) return row;
  const [, namespace = "", name = ""] = plainToken(token).split(":");
  const published = armTypes.has(plainToken(token))
    ? ""
    : ` Its path is not known either: add it to azure/generate/wanted-types.ts and run npm run azure-types.`;
  throw new Error(`No row for ${token}: add ${name} to azure/${namespace}.ts (azure/README.md says how).${published}`);
}

/** Rule for the own name of a type: the row's, else the published one; `null` when no source gives one. */
export function nameRuleOf(token: string): NameRule | null {
  return findRow(token)?.nameRule ?? findArmType(token)?.name ?? null;
}

/** Types with a row by ARM type in lower case: ARM does not tell cases apart. */
const byArm = new Map(
  [...rows.keys()].flatMap((token) => {
    const type = findArmType(token);
    return type === undefined ? [] : [[type.arm.toLowerCase(), type] as const];
  }),
);

/** The ARM type of an ARM ID, when it is one that this project registers. */
export function findRegistered(arm: string): ArmType | undefined {
  return byArm.get(arm.toLowerCase());
}

type Row = { [Namespace in keyof typeof namespaces]: (typeof namespaces)[Namespace] }[keyof typeof namespaces];
type Zones<Types> = Types extends unknown
  ? { [Name in keyof Types]: Types[Name] extends { readonly privateEndpoints: infer Zone } ? Zone : never }[keyof Types]
  : never;
type GroupOf<Zone> = Zone extends object ? keyof Zone : never;

/** Group ID of a private endpoint: which part of a service it leads to. */
export type PrivateEndpointGroup = GroupOf<Zones<Row>>;

/** All of them. */
export const privateEndpointGroups = [
  ...new Set([...rows.values()].flatMap((it) => Object.keys(it.privateEndpoints ?? {}))),
] as readonly PrivateEndpointGroup[];

/** The DNS zone of the private endpoints of a group. */
export function privateDnsZone(group: PrivateEndpointGroup): string {
  const zone = [...rows.values()].flatMap((it) => it.privateEndpoints?.[group] ?? [])[0];
  if (zone === undefined) throw new Error(`no row has a private endpoint for ${group}`);
  return zone;
}
