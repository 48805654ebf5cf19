import { isUnknown, unknownValue } from "../core/property-marks";
import { isList, isRecord } from "../core/property-value";
import { renamedInputs } from "./arm-body";
import { findArmType, plainToken } from "./arm-types";

type Tree = Readonly<Record<string, unknown>>;

/**
 * Types whose inputs have `properties` as ARM does. Of every other type the SDK lifts it out, at whatever depth it stands.
 * Source: the types of @pulumi/azure-native 3.28.0, which a test compares
 */
const keepProperties: ReadonlySet<string> = new Set(
  [
    "alertsmanagement:ActionRuleByName",
    "alertsmanagement:AlertProcessingRuleByName",
    "containerservice:FleetManagedNamespace",
    "containerservice:IdentityBinding",
    "containerservice:ManagedNamespace",
    "containerservice:MeshMembership",
    "dashboard:DashboardDefinition",
    "dashboard:Grafana",
    "dashboard:IntegrationFabric",
    "keyvault:Key",
    "keyvault:ManagedHsm",
    "keyvault:Secret",
    "keyvault:Vault",
    "quota:GroupQuota",
    "resources:Deployment",
    "resources:DeploymentAtManagementGroupScope",
    "resources:DeploymentAtScope",
    "resources:DeploymentAtSubscriptionScope",
    "resources:TagAtScope",
    "storage:StorageTaskAssignment",
  ].map((it) => `azure-native:${it}`),
);

/**
 * Inputs that hold whatever somebody wrote: a `properties` in them is theirs.
 * Source: the same types, where these have the type `any`
 */
const freeForm = ["settings", "protectedSettings", "definition", "metadata", "policyRule", "template", "tags"];

/** Types whose identities the SDK has by ID, as ARM does. Every other type has a list. Source: the same types */
const identitiesById: ReadonlySet<string> = new Set(
  ["containerregistry:Registry", "eventgrid:SystemTopic", "eventgrid:Topic"].map((it) => `azure-native:${it}`),
);

/** What ARM says of a resource beside its inputs. */
const noInputs = ["type", "apiVersion", "name", "properties", "dependsOn", "condition", "copy", "comments", "scope"];

/**
 * The inputs that make the SDK send a body, so that rules read a template as they read a program: what ARM has below `properties` lies
 * beside it, also in the items of lists, and the parts of the name are inputs of their own. What a name does not say, as the resource
 * group, is not known.
 */
export function armInputs(token: string, body: Tree): Tree {
  const type = plainToken(token);
  const { name, properties, scope } = body;
  const outer = Object.fromEntries(Object.entries(body).filter(([key]) => !noInputs.includes(key)));
  const keeps = keepProperties.has(type) && properties !== undefined;
  const inner = keeps ? { properties } : isRecord(properties) ? properties : {};
  // By what ARM calls it, at the place where our name for it lies.
  const renamed = new Map(Object.entries(renamedInputs(type)).map(([ours, arm]) => [beside(ours, arm), ours]));
  const inputs = lifted({ ...outer, ...inner }, "", renamed);
  const { identity } = inputs;
  return {
    ...inputs,
    ...(identity !== undefined && !identitiesById.has(type) && { identity: identityOf(identity) }),
    ...namesIn(type, name, scope),
  };
}

/** The path with its last part as ARM has it. */
function beside(path: string, last: string): string {
  return [...path.split(".").slice(0, -1), last].join(".");
}

function lifted(tree: Tree, path: string, renamed: ReadonlyMap<string, string>): Tree {
  return Object.fromEntries(
    Object.entries(tree).map(([key, it]) => {
      const place = path === "" ? key : `${path}.${key}`;
      const ours = renamed.get(place)?.split(".").at(-1) ?? key;
      return [ours, freeForm.includes(key) ? it : within(it, beside(place, ours), renamed)];
    }),
  );
}

function within(value: unknown, path: string, renamed: ReadonlyMap<string, string>): unknown {
  if (isList(value)) return value.map((it) => within(it, path, renamed));
  if (!isRecord(value)) return value;
  const { properties, ...rest } = value;
  return lifted(isRecord(properties) ? { ...rest, ...properties } : value, path, renamed);
}

/** The last parts of a name belong to the last inputs that name the resource: the group stands in no name. */
function namesIn(token: string, name: unknown, scope: unknown): Tree {
  const type = findArmType(token);
  if (type === undefined) return {};
  const [, own] = type.path.split(/\/providers\/(?!.*\/providers\/)/);
  // A part that is always the same, as `default` of blobServices, is in the name and is no input.
  const slots =
    own === undefined
      ? type.names.map((it) => `{${it}}`)
      : own
          .split("/")
          .slice(1)
          .filter((_, at) => at % 2 === 1);
  const parts = typeof name === "string" && !isUnknown(name) ? name.split("/").slice(-slots.length) : [];
  const said = new Map(parts.map((it, at) => [slots.at(at - parts.length), it]));
  if (typeof scope === "string") said.set("{scope}", scope);
  return Object.fromEntries(type.names.map((it) => [it, said.get(`{${it}}`) ?? unknownValue]));
}

/** ARM has an object by ID where the SDK has a list. */
function identityOf(value: unknown): unknown {
  if (!isRecord(value) || !isRecord(value["userAssignedIdentities"])) return value;
  return { ...value, userAssignedIdentities: Object.keys(value["userAssignedIdentities"]) };
}
