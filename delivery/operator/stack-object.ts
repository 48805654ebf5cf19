import { operatedAccount, operatedName, operatedNamespace } from "../../catalog/operator-accounts";
import type { KubernetesObject } from "../../core/kubernetes-object";
import { sourceName } from "./names";
import type { EnvironmentSettings, OperatorSettings } from "./operator-settings";
import type { OperatorVariables } from "./operator-variables";

/** `plan` shows what would change and changes nothing; `apply` brings it about. */
export type Role = "plan" | "apply";

/** One object of the operator, before it is written down. */
export interface OperatedStack {
  readonly environment: string;
  readonly settings: EnvironmentSettings;
  readonly variables: OperatorVariables;
  /** Name of the Pulumi stack. */
  readonly stack: string;
  readonly role: Role;
  /** Stack that must have succeeded first. */
  readonly after: string | null;
}

/**
 * How long a workspace may go on after it was asked to end. A killed one leaves a lock in the state and a resource that nobody knows. The
 * longest wait of the program is an update of a pool; a test looks.
 */
export const graceSeconds = 12 * 3600;

/** How often a stack is looked at although nothing changed. */
const everySeconds = { plan: 24 * 3600, apply: 3600 } as const satisfies Record<Role, number>;

/** Name of the object: the stack's own, or that of its twin that only plans. */
export function objectName({ stack, role }: Pick<OperatedStack, "stack" | "role">): string {
  return operatedName(stack, role === "plan");
}

/** Account of its pods, and by it the managed identity that it acts as. */
export function accountOf({ stack, role }: Pick<OperatedStack, "stack" | "role">): string {
  return operatedAccount(stack, role === "plan");
}

/** Name of the Pulumi stack with its project. With a backend of one's own the first word is always this one. */
export function fullStackName(stack: string): string {
  return `organization/azure-gpu-cluster/${stack}`;
}

/** Client ID of the identity that its pods act as. A stack that applies has one: the plan refuses it otherwise. */
export function clientIdOf({ variables, role }: Pick<OperatedStack, "variables" | "role">): string {
  return role === "plan" ? variables.PLAN_CLIENT_ID : (variables.DEPLOY_CLIENT_ID ?? "");
}

/** Reference to Flux's source, which lies in the namespace of the stack: the operator looks in no other. */
export function sourceRefOf({ source }: OperatorSettings): { apiVersion: string; kind: string; name: string } {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: source.kind === "oci" ? "OCIRepository" : "GitRepository",
    name: sourceName,
  };
}

/**
 * Environment of a workspace. The token comes by workload identity, so that nothing here is a secret. The operator itself hands no policy
 * pack to the CLI: the variable does, which the CLI reads as its flag.
 * Source: pulumi/pulumi-kubernetes-operator:agent/pkg/server/server.go (v2.9.0, "TODO:PolicyPack"); pulumi/pulumi:pkg/cmd/pulumi/pulumi.go (v3.246.0,
 * declareFlagsAsEnvironmentVariables)
 */
export function workspaceEnv(of: OperatedStack): { name: string; value: string }[] {
  const { settings, variables } = of;
  return Object.entries({
    ARM_CLIENT_ID: clientIdOf(of),
    ARM_OIDC_TOKEN_FILE_PATH: "/var/run/secrets/azure/tokens/azure-identity-token",
    ARM_SUBSCRIPTION_ID: variables.SUBSCRIPTION_ID,
    ARM_TENANT_ID: variables.TENANT_ID,
    ARM_USE_OIDC: "true",
    PULUMI_OPTION_POLICY_PACK: "policies",
    PULUMI_OPTION_POLICY_PACK_CONFIG: `policies/config/${settings.kind}.json`,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  }).map(([name, value]) => ({ name, value }));
}

/** The Stack object of one stack, or of its twin that only plans. */
export function stackObject(of: OperatedStack, all: OperatorSettings): KubernetesObject {
  const { environment, variables, stack, role, after } = of;
  return {
    apiVersion: "pulumi.com/v1",
    kind: "Stack",
    metadata: { name: objectName(of), namespace: operatedNamespace(environment) },
    spec: {
      serviceAccountName: accountOf(of),
      stack: fullStackName(stack),
      // Without it a slip of the pen would make a new, empty stack, and all its resources once more.
      useLocalStackOnly: true,
      backend: variables.STATE_URL,
      // As everybody else who opens the stack says it: the operator writes anew what it finds another.
      secretsProvider: variables.SECRETS_PROVIDER,
      fluxSource: { sourceRef: sourceRefOf(all), dir: "." },
      ...(role === "plan" && { preview: true }),
      // The twin looks at what is there. The other one never takes over what somebody changed by hand: people read the twin first.
      refresh: role === "plan",
      destroyOnFinalize: false,
      continueResyncOnCommitMatch: true,
      resyncFrequencySeconds: everySeconds[role],
      // A lock that somebody holds is waited for.
      retryOnUpdateConflict: true,
      ...(after !== null && { prerequisites: [{ name: after, requirement: { succeededWithinDuration: "24h" } }] }),
      workspaceReclaimPolicy: "Delete",
      workspaceTemplate: {
        spec: {
          image: all.image,
          securityProfile: "restricted",
          env: workspaceEnv(of),
          // The SDK takes about 1 MB for each resource, beside the engine and two providers.
          resources: { requests: { cpu: "1", memory: "4Gi" }, limits: { memory: "4Gi" } },
          podTemplate: {
            metadata: { labels: { "azure.workload.identity/use": "true" } },
            // The kind asks for a list of containers: this one is the operator's own, by its name, and stays as the operator makes it.
            spec: { terminationGracePeriodSeconds: graceSeconds, containers: [{ name: "pulumi" }] },
          },
        },
      },
    },
  };
}
