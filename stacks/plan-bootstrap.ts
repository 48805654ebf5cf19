import { nameInId } from "../azure/arm-id";
import { checkId } from "../azure/check-id";
import { privateDnsZone } from "../azure/rows";
import type { Place } from "../catalog/place";
import {
  type PipelineDuty,
  type PipelineIdentityPlan,
  type PipelineIdentityShape,
  planPipelineIdentity,
} from "../components/identity/pipeline-identity/plan";
import { type PipelineRightsPlan, planPipelineRights } from "../components/identity/pipeline-rights/plan";
import { planSecretsKey, type SecretsKeyPlan } from "../components/identity/secrets-key/plan";
import { planStateAccount, type StateAccountPlan } from "../components/storage/state-account/plan";
import { isDistinct } from "../core/distinct";
import type { Problems } from "../core/problems";
import type { Sections } from "./config/sections";

type Delivery = NonNullable<Sections["delivery"]>;

/** A state and the key of its secrets. */
export interface StatePlan {
  readonly name: string;
  readonly account: StateAccountPlan;
  readonly key: SecretsKeyPlan;
}

/** What the pipelines of one environment get. */
export interface DeliveredPlan {
  readonly name: string;
  readonly subscriptionId: string;
  readonly identities: { readonly [D in PipelineDuty]: PipelineIdentityPlan };
  readonly rights: PipelineRightsPlan;
  readonly operator: OperatedPlan | null;
  readonly breakGlassGroupObjectId: string | null;
}

/** What an operator gets to run stacks of one environment. */
export interface OperatedPlan {
  readonly stacks: readonly string[];
  readonly plan: PipelineIdentityPlan;
  /** Null where it only shows what would change. */
  readonly deploy: PipelineIdentityPlan | null;
}

/** All of layer bootstrap, decided once. */
export interface BootstrapPlan {
  /** State of the stack itself first, then that of each environment. */
  readonly states: readonly StatePlan[];
  readonly environments: readonly DeliveredPlan[];
  readonly administratorGroupObjectIds: readonly string[];
  readonly endpoints: NonNullable<Delivery["network"]["endpoints"]> | null;
  readonly deleteLock: boolean;
}

/** Name of the state of the stack itself. */
export const ownState = "bootstrap";

/**
 * All decisions of layer bootstrap; `null` where something is wrong, which is noted.
 * @param subscriptionId Subscription of the stack itself.
 */
export function planBootstrap(
  given: Delivery,
  { place, subscriptionId }: { readonly place: Place; readonly subscriptionId: string | undefined },
  problems: Problems,
): BootstrapPlan | null {
  const before = problems.list.length;
  const { network, environments, pipelines, operator, state, recoverDeleted } = given;
  const { allowedRanges, endpoints } = network;
  const at = (path: string): string => `delivery.${path}`;

  problems.require(
    subscriptionId !== undefined,
    "azure-native:subscriptionId",
    "must be given in a stack that makes layer bootstrap: the names of accounts and the rights of pipelines hang on it",
    { remedy: "pulumi config set azure-native:subscriptionId <the subscription of state and identities>" },
  );
  problems.require(
    allowedRanges.length > 0 || endpoints !== undefined,
    at("network"),
    "must name allowedRanges or endpoints: nobody could read a state otherwise",
    { remedy: "Name the subnet of your runners in endpoints" },
  );
  if (endpoints !== undefined) {
    const { subnetResourceId, privateDnsZoneResourceIds } = endpoints;
    const where = at("network.endpoints");
    checkId({ token: "network:Subnet", what: "subnet" }, subnetResourceId, `${where}.subnetResourceId`, problems);
    for (const service of ["blob", "vault"] as const) {
      const [id, zone] = [privateDnsZoneResourceIds[service], privateDnsZone(service)];
      const path = `${where}.privateDnsZoneResourceIds.${service}`;
      checkId({ token: "privatedns:PrivateZone", what: "private DNS zone" }, id, path, problems);
      const named = nameInId(id)?.toLowerCase();
      problems.require(
        named === undefined || named === zone,
        path,
        `must be the zone ${zone}: names are asked for there`,
        {
          got: id,
          remedy: "Name that zone, linked to the network of the runners",
        },
      );
    }
  }
  const owners = new Map<string, string>();
  for (const [name, { subscriptionId: theirs }] of Object.entries(environments)) {
    const path = at(`environments.${name}`);
    problems.require(name !== ownState, path, "must not be called like the state of this stack", {
      got: name,
      remedy: "Name it after the stack that makes the environment",
    });
    problems.require(!/--|-$/.test(name), path, "must have single hyphens, and none at its end", { got: name });
    problems.require(
      theirs !== subscriptionId,
      `${path}.subscriptionId`,
      "must not be the subscription of this stack: who deploys the environment could change state, keys and identities of all",
      { got: theirs, remedy: "Put this stack into a subscription of its own" },
    );
    const other = owners.get(theirs);
    problems.require(
      other === undefined,
      `${path}.subscriptionId`,
      `must be a subscription of its own: ${other ?? ""} has it, and who deploys one of the two could change the other`,
      { got: theirs, remedy: "Give each environment a subscription" },
    );
    owners.set(theirs, other ?? name);
  }
  const states = [ownState, ...Object.keys(environments)].flatMap((name) => {
    const path = name === ownState ? "delivery" : at(`environments.${name}`);
    const account = problems.attempt(path, () => planStateAccount(name, { ...state, allowedRanges }, place));
    const key = problems.attempt(path, () => planSecretsKey(name, { allowedRanges, recoverDeleted }, place));
    return account === undefined || key === undefined ? [] : [{ name, account, key }];
  });
  const delivered = Object.entries(environments).flatMap(([name, it]) => {
    const {
      subscriptionId: theirs,
      connections,
      branches,
      locks,
      policies,
      breakGlassGroupObjectId,
      operator: operated,
    } = it;
    const trust = { ...(connections && { connections }), ...(branches && { branches }) };
    const identityOf = (
      duty: PipelineDuty,
      of: Pick<PipelineIdentityShape, "pipelines" | "trust"> = { pipelines, trust },
    ): PipelineIdentityPlan | undefined =>
      problems.attempt(at(`environments.${name}`), () =>
        planPipelineIdentity({ environment: name, duty, ...of }, place),
      );
    const byOperator = (): OperatedPlan | null => {
      if (operated === undefined || operator === undefined) return null;
      const { stacks = [name], applies } = operated;
      const of = { pipelines: { kind: "operator", ...operator }, trust: { stacks } } as const;
      const planner = identityOf("plan", of);
      return planner === undefined
        ? null
        : { stacks, plan: planner, deploy: applies ? (identityOf("deploy", of) ?? null) : null };
    };
    problems.require(
      operated === undefined || operator !== undefined,
      at("operator"),
      `must be given: environments.${name}.operator has its stacks run by one`,
      { remedy: "Write operator: { issuer: <issuer of the cluster that it runs in> }" },
    );
    const [plan, deploy] = [identityOf("plan"), identityOf("deploy")];
    const rights = planPipelineRights({ environment: name, subscriptionId: theirs, locks, policies }, place);
    if (plan === undefined || deploy === undefined) return [];
    return [
      {
        ...{ name, subscriptionId: theirs, identities: { plan, deploy }, rights, operator: byOperator() },
        breakGlassGroupObjectId: breakGlassGroupObjectId ?? null,
      },
    ];
  });
  const trusted = new Map<string, string>();
  for (const { name, identities, operator: operated } of delivered) {
    const credentials = (["plan", "deploy"] as const).flatMap((duty) =>
      [...identities[duty].credentials, ...(operated?.[duty]?.credentials ?? [])].map((it) => ({ duty, ...it })),
    );
    for (const { duty, issuer, subject } of credentials) {
      const key = `${issuer} ${subject}`.toLowerCase();
      const other = trusted.get(key);
      problems.require(
        other === undefined,
        at(`environments.${name}`),
        `must trust for ${duty} jobs that no other identity trusts: ${other ?? ""} has the same subject`,
        { got: subject, remedy: "Give each a connection, branch or environment of its own" },
      );
      trusted.set(key, other ?? `${duty} of ${name}`);
    }
  }
  problems.require(
    operator === undefined || Object.values(environments).some((it) => it.operator !== undefined),
    at("operator"),
    "must run an environment: none of them says so",
    { remedy: "Write operator: {} at each environment that it runs, or leave this out" },
  );
  const groups = Object.entries(environments).flatMap(([, it]) => it.breakGlassGroupObjectId ?? []);
  problems.require(
    isDistinct(groups),
    at("environments"),
    "must name each breakGlassGroupObjectId once: whoever is let into one environment would be in another",
    { remedy: "Make a group for each environment" },
  );
  if (problems.list.length > before) return null;
  const { administratorGroupObjectIds, deleteLock } = given;
  return {
    states,
    environments: delivered,
    administratorGroupObjectIds,
    endpoints: endpoints ?? null,
    deleteLock,
  };
}
