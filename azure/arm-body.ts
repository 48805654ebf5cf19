import { isSecret } from "../core/property-marks";
import { texts } from "../core/property-tree";
import { isList, isRecord, toProps, type Props, type Value } from "../core/property-value";
import { findArmType, plainToken } from "./arm-types";

/** Where ARM has what the SDK has elsewhere. */
interface BodyRow {
  /** Inputs that ARM has below `properties` although most types have them beside it. */
  readonly inside?: readonly string[];
  /** Paths of lists and objects whose items keep all but their name and ID below a `properties` of their own. */
  readonly nested?: readonly string[];
  /** Inputs that ARM calls otherwise. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/**
 * What the SDK lifts or renames, for the types that are registered here.
 * Source: pulumi/pulumi-azure-native 3.28.0 (metadata of the provider), compared with Azure/bicep-types-az (2026-08-20)
 */
const bodies: Readonly<Record<string, BodyRow>> = {
  "azure-native:containerservice:AgentPool": { inside: ["tags", "type"] },
  "azure-native:containerservice:ManagedCluster": {
    renamed: {
      "autoScalerProfile.balanceSimilarNodeGroups": "balance-similar-node-groups",
      "autoScalerProfile.maxNodeProvisionTime": "max-node-provision-time",
      "autoScalerProfile.scaleDownUnneededTime": "scale-down-unneeded-time",
      "autoScalerProfile.skipNodesWithLocalStorage": "skip-nodes-with-local-storage",
    },
  },
  "azure-native:compute:VirtualMachineExtension": { inside: ["type"] },
  "azure-native:compute:VirtualMachine": { nested: ["networkProfile.networkInterfaces"] },
  "azure-native:compute:VirtualMachineScaleSet": {
    nested: [
      "virtualMachineProfile.extensionProfile.extensions",
      "virtualMachineProfile.networkProfile.networkInterfaceConfigurations",
      "virtualMachineProfile.networkProfile.networkInterfaceConfigurations.ipConfigurations",
    ],
  },
  "azure-native:network:NetworkInterface": { nested: ["ipConfigurations"] },
  "azure-native:network:NetworkSecurityGroup": { nested: ["securityRules"] },
  "azure-native:network:Subnet": { nested: ["delegations"] },
  "azure-native:network:RouteTable": { nested: ["routes"] },
  "azure-native:network:PrivateDnsZoneGroup": { nested: ["privateDnsZoneConfigs"] },
  "azure-native:network:PrivateEndpoint": { nested: ["privateLinkServiceConnections", "subnet"] },
  "azure-native:operationalinsights:Workspace": { inside: ["sku"] },
  "azure-native:storage:StorageAccount": {
    renamed: { enableHttpsTrafficOnly: "supportsHttpsTrafficOnly", networkRuleSet: "networkAcls" },
  },
};

/** What ARM has beside `properties`. */
const beside = ["location", "tags", "sku", "kind", "identity", "zones", "plan", "extendedLocation", "managedBy"];

/** The body that the provider sends for inputs, as far as ARM's own words go: type, name and properties. Secrets are left out. */
export function armBody(token: string, inputs: Readonly<Record<string, unknown>>): Props {
  const type = findArmType(token);
  if (type === undefined) throw new Error(`no ARM type is known for ${token}`);
  const { inside = [], nested = [], renamed = {} } = bodies[plainToken(token)] ?? {};
  const outer: Record<string, Value> = {};
  const properties: Record<string, Value> = {};
  for (const [key, it] of Object.entries(toProps(inputs))) {
    if (type.names.includes(key) || isSecret(it)) continue;
    // What the SDK did not lift out of it stands there already.
    if (key === "properties" && isRecord(it)) {
      Object.assign(properties, bodyOf(it, key, nested, renamed));
      continue;
    }
    const place = beside.includes(key) && !inside.includes(key) ? outer : properties;
    place[renamed[key] ?? key] = key === "identity" ? identityBody(it) : bodyOf(it, key, nested, renamed);
  }
  const own = type.names.at(-1);
  const name = own === undefined ? undefined : inputs[own];
  return {
    type: type.arm,
    ...(typeof name === "string" && { name }),
    ...outer,
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

function bodyOf(
  value: Value,
  path: string,
  nested: readonly string[],
  renamed: Readonly<Record<string, string>>,
): Value {
  if (isList(value)) return value.map((it) => bodyOf(it, path, nested, renamed));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value)
    .filter(([, it]) => !isSecret(it))
    .map(([key, it]) => [renamed[`${path}.${key}`] ?? key, bodyOf(it, `${path}.${key}`, nested, renamed)] as const);
  if (!nested.includes(path)) return Object.fromEntries(entries);
  const stays = ([key]: readonly [string, Value]): boolean => ["id", "name"].includes(key);
  const moved = entries.filter((it) => !stays(it));
  return {
    ...Object.fromEntries(entries.filter(stays)),
    ...(moved.length > 0 && { properties: Object.fromEntries(moved) }),
  };
}

/** Identities are a list here and the keys of a mapping there. */
function identityBody(value: Value): Value {
  const ids = texts(value, "userAssignedIdentities");
  if (!isRecord(value) || ids.length === 0) return value;
  return { ...value, userAssignedIdentities: Object.fromEntries(ids.map((it) => [it, {}])) };
}
