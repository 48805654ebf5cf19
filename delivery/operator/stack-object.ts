import type { KubernetesObject } from "../../core/kubernetes-object";
import { namespaceOf, sourceName } from "./names";
import type { EnvironmentSettings, OperatorSettings } from "./operator-settings";

/** `plan` shows what would change and changes nothing; `apply` brings it about. */
export type Role = "plan" | "apply";

/** One object of the operator, before it is written down. */
export interface OperatedStack {
  readonly environment: string;
  readonly settings: EnvironmentSettings;
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
  return role === "plan" ? `${stack}-plan` : stack;
}

/** Account of its pods, and by it the managed identity that it acts as. */
export function accountOf(of: Pick<OperatedStack, "stack" | "role">): string {
  return `pulumi-${objectName(of)}`;
}

/** Name of the Pulumi stack with its project. With a backend of one's own the first word is always this one. */
export function fullStackName(stack: string): string {
  return `organization/azure-gpu-cluster/${stack}`;
}

/** Where the state of an environment lies, as the CLI writes it. */
export function backendOf({ state }: EnvironmentSettings): string {
  return `azblob://${state.container}?storage_account=${state.account}`;
}

/** What wraps the secrets of an environment, as the CLI writes it. */
export function secretsProviderOf({ secretsKey }: EnvironmentSettings): string {
  return secretsKey.replace(/^https:/, "azurekeyvault:");
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
export function workspaceEnv(
  { settings, role }: OperatedStack,
  { tenantId }: OperatorSettings,
): { name: string; value: string }[] {
  return Object.entries({
    ARM_CLIENT_ID: settings.identities[role],
    ARM_OIDC_TOKEN_FILE_PATH: "/var/run/secrets/azure/tokens/azure-identity-token",
    ARM_SUBSCRIPTION_ID: settings.subscriptionId,
    ARM_TENANT_ID: tenantId,
    ARM_USE_OIDC: "true",
    PULUMI_OPTION_POLICY_PACK: "policies",
    PULUMI_OPTION_POLICY_PACK_CONFIG: `policies/config/${settings.kind}.json`,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  }).map(([name, value]) => ({ name, value }));
}

/** The Stack object of one stack, or of its twin that only plans. */
export function stackObject(of: OperatedStack, all: OperatorSettings): KubernetesObject {
  const { environment, settings, stack, role, after } = of;
  return {
    apiVersion: "pulumi.com/v1",
    kind: "Stack",
    metadata: { name: objectName(of), namespace: namespaceOf(environment) },
    spec: {
      serviceAccountName: accountOf(of),
      stack: fullStackName(stack),
      // Without it a slip of the pen would make a new, empty stack, and all its resources once more.
      useLocalStackOnly: true,
      backend: backendOf(settings),
      secretsProvider: secretsProviderOf(settings),
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
          env: workspaceEnv(of, all),
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
