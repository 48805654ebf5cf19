import type { Input, Output } from "@pulumi/pulumi";
import { EnvironmentGroup } from "../../components/foundation/environment-group";
import { GroupLock } from "../../components/foundation/group-lock";
import { PipelineIdentity } from "../../components/identity/pipeline-identity/pipeline-identity";
import { PipelineRights } from "../../components/identity/pipeline-rights/pipeline-rights";
import { RoleGrant } from "../../components/identity/role-grant";
import { SecretsKey } from "../../components/identity/secrets-key/secrets-key";
import { PrivateEndpoint } from "../../components/network/private-endpoint";
import { StateAccount } from "../../components/storage/state-account/state-account";
import type { Environment } from "../environment";
import { type BootstrapPlan, type DeliveredPlan, type OperatedPlan, ownState } from "../plan-bootstrap";

/** What the stack hands to people who set pipelines up: the variables that their jobs read, by environment. None is a secret. */
export interface BootstrapOutputs {
  /** Where the state of this stack itself belongs. */
  readonly bootstrap: Pick<PipelineVariables, "STATE_URL" | "SECRETS_PROVIDER">;
  readonly pipelines: Readonly<Record<string, PipelineVariables>>;
  /** The same for the operator, where it runs environments: deploy/operator/bootstrap.json. */
  readonly operator?: Readonly<Record<string, OperatorVariables>>;
}

/** What the operator's objects are made of, for one environment. */
export interface OperatorVariables extends Omit<PipelineVariables, "DEPLOY_CLIENT_ID"> {
  /** Stacks whose service accounts are trusted. */
  readonly STACKS: readonly string[];
  /** Absent where the operator only shows what would change. */
  readonly DEPLOY_CLIENT_ID?: Input<string>;
}

/** Variables of one environment, as the files of pipelines name them. */
export interface PipelineVariables {
  readonly PLAN_CLIENT_ID: Input<string>;
  readonly DEPLOY_CLIENT_ID: Input<string>;
  readonly TENANT_ID: Input<string>;
  readonly SUBSCRIPTION_ID: string;
  readonly STATE_URL: string;
  readonly SECRETS_PROVIDER: Input<string>;
}

interface State {
  readonly url: string;
  readonly containerResourceId: Output<string>;
  readonly key: SecretsKey;
}

/** Who reads and who writes a state. */
const stateRoles = { plan: "Storage Blob Data Reader", deploy: "Storage Blob Data Contributor" } as const;

/** What pipelines need before they can run: places for state, keys for secrets, identities, and rights for these. */
export function deployBootstrap(
  { location, names, tags, protect }: Environment,
  plan: BootstrapPlan,
): BootstrapOutputs {
  // What is given and taken away: no lock keeps it.
  const group = new EnvironmentGroup("env", { scope: { location, names, tags } }, { protect });
  const { scope } = group;
  const identities = plan.environments.map((it) => ({
    ...{ it, plan: new PipelineIdentity(`plan-${it.name}`, { scope, plan: it.identities.plan }) },
    deploy: new PipelineIdentity(`deploy-${it.name}`, { scope, plan: it.identities.deploy }),
    operator: it.operator === null ? null : makeOperator(it.name, it.operator),
  }));
  function makeOperator(name: string, { stacks, plan: planner, deploy }: OperatedPlan): OperatorIdentities {
    return {
      stacks,
      plan: new PipelineIdentity(`operator-plan-${name}`, { scope, plan: planner }),
      deploy: deploy === null ? null : new PipelineIdentity(`operator-deploy-${name}`, { scope, plan: deploy }),
    };
  }
  const tenantId = identities[0]?.plan.tenantId;
  if (tenantId === undefined) throw new Error("The checks let a stack without environments pass.");
  const states = new Map(plan.states.map((it) => [it.name, makeState(it)] as const));
  function makeState({ name, account, key }: BootstrapPlan["states"][number]): State {
    const own = `state-${name}`;
    const kept = new EnvironmentGroup(own, { scope: { location, names, tags } }, { protect });
    const notes = "State of Pulumi stacks and the key of its secrets. Take deleteLock away before you delete this.";
    if (plan.deleteLock) new GroupLock(own, { groupResourceId: kept.groupResourceId, notes });
    const store = new StateAccount(own, { scope: kept.scope, plan: account }, { protect });
    const secrets = new SecretsKey(own, { scope: kept.scope, plan: key, tenantId: tenantId ?? "" }, { protect });
    if (plan.endpoints !== null) {
      const { subnetResourceId, privateDnsZoneResourceIds } = plan.endpoints;
      for (const [groupId, targetResourceId] of [
        ["blob", store.accountResourceId],
        ["vault", secrets.vaultResourceId],
      ] as const) {
        new PrivateEndpoint(`${own}-${groupId}`, {
          ...{ scope, subnetResourceId, targetResourceId, groupId },
          privateDnsZoneResourceId: privateDnsZoneResourceIds[groupId],
        });
      }
    }
    return { url: account.stateUrl, containerResourceId: store.containerResourceId, key: secrets };
  }
  const stateOf = (name: string): State => {
    const state = states.get(name);
    if (state === undefined) throw new Error(`There is no state for ${name}.`);
    return state;
  };
  const own = stateOf(ownState);
  plan.administratorGroupObjectIds.forEach((principalId, at) => {
    useState(`${ownState}-admin-${at + 1}`, own, "deploy", { principalId, principalType: "Group" });
  });
  const delivered = identities.map(({ it, ...who }) => [it.name, deliver(it, stateOf(it.name), who)] as const);
  const operated = delivered.flatMap(([name, { operator }]) => (operator === null ? [] : [[name, operator] as const]));
  return {
    bootstrap: { STATE_URL: own.url, SECRETS_PROVIDER: own.key.secretsProvider },
    pipelines: Object.fromEntries(delivered.map(([name, { pipeline }]) => [name, pipeline])),
    ...(operated.length > 0 && { operator: Object.fromEntries(operated) }),
  };
}

interface OperatorIdentities {
  readonly stacks: readonly string[];
  readonly plan: PipelineIdentity;
  readonly deploy: PipelineIdentity | null;
}

/** Whoever acts on one environment without being a person. */
interface Actors {
  readonly plan: PipelineIdentity;
  readonly deploy: PipelineIdentity;
  readonly operator: OperatorIdentities | null;
}

/** Gives those who plan and deploy one environment their rights, and says what they have to know. */
function deliver(
  { name, subscriptionId, rights, breakGlassGroupObjectId }: DeliveredPlan,
  state: State,
  { plan: planner, deploy: deployer, operator }: Actors,
): { readonly pipeline: PipelineVariables; readonly operator: OperatorVariables | null } {
  const identity = ({ principalId }: PipelineIdentity): Principal => ({
    principalId,
    principalType: "ServicePrincipal",
  });
  const deployers: Record<string, Principal> = { pipeline: identity(deployer) };
  if (breakGlassGroupObjectId !== null) {
    deployers["breakglass"] = { principalId: breakGlassGroupObjectId, principalType: "Group" };
  }
  const planners: Record<string, Principal> = { pipeline: identity(planner) };
  if (operator !== null) planners["operator"] = identity(operator.plan);
  if (operator !== null && operator.deploy !== null) deployers["operator"] = identity(operator.deploy);
  // Names of the custom roles are those of the plan.
  new PipelineRights(name, { plan: rights, planners, deployers });
  for (const [whose, principal] of Object.entries(planners)) {
    useState(whose === "pipeline" ? `${name}-plan` : `${name}-plan-${whose}`, state, "plan", principal);
  }
  for (const [whose, principal] of Object.entries(deployers)) {
    useState(`${name}-deploy-${whose}`, state, "deploy", principal);
  }
  const place = {
    TENANT_ID: planner.tenantId,
    SUBSCRIPTION_ID: subscriptionId,
    STATE_URL: state.url,
    SECRETS_PROVIDER: state.key.secretsProvider,
  };
  return {
    pipeline: { PLAN_CLIENT_ID: planner.clientId, DEPLOY_CLIENT_ID: deployer.clientId, ...place },
    operator:
      operator === null
        ? null
        : {
            STACKS: operator.stacks,
            PLAN_CLIENT_ID: operator.plan.clientId,
            ...(operator.deploy !== null && { DEPLOY_CLIENT_ID: operator.deploy.clientId }),
            ...place,
          },
  };
}

interface Principal {
  readonly principalId: Input<string>;
  readonly principalType: "ServicePrincipal" | "Group";
}

/** Lets somebody read or write one state, and use its key: who plans must read what is secret in a configuration. */
function useState(name: string, state: State, duty: keyof typeof stateRoles, principal: Principal): void {
  new RoleGrant(`${name}-state`, { ...principal, scope: state.containerResourceId, role: stateRoles[duty] });
  new RoleGrant(`${name}-key`, { ...principal, scope: state.key.keyResourceId, role: "Key Vault Crypto User" });
}
