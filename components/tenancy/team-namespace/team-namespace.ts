import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace";
import { PersistentVolume } from "@pulumi/kubernetes/core/v1/persistentVolume";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy";
import { ResourceClaimTemplate } from "@pulumi/kubernetes/resource/v1/resourceClaimTemplate";
import { Role } from "@pulumi/kubernetes/rbac/v1/role";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding";
import {
  ComponentResource,
  type ComponentResourceOptions,
  createUrn,
  type Input,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { podSecurityLabel } from "../../../catalog/scheduling";
import { secretsStore } from "../../../catalog/secrets-store";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import { MisconfiguredError } from "../../../core/problems";
import { tableOf } from "../../../core/records";
import { planTeamNamespace, podSecurityModes, type TeamNamespacePlan, type TeamSurroundings } from "./plan";
import type { TeamNamespaceShape } from "./shape";

/** Its shape and what the team finds, or the plan of it, and what connects it. */
export type TeamNamespaceArgs = Planned<TeamNamespaceShape & TeamSurroundings, TeamNamespacePlan> & {
  /** Client ID of the managed identity that the namespace's service account acts as. */
  readonly identityClientId: Input<string>;
  /** Entra tenant of that identity and of the Key Vault. @default none: the team has no secrets */
  readonly tenantId?: Input<string>;
  /** Version that Pod Security levels are pinned to, for example `v1.36`: the cluster's, so that an upgrade changes them knowingly. */
  readonly podSecurityVersion: Input<string>;
  /**
   * What must be there before the namespace is, and goes after it: the rules that its people are held to, and its queue, which waits
   * until none of its jobs is left. @default none
   */
  readonly after?: readonly Resource[];
};

/** Components that the namespace was a child of once. A state that was made then is found under them, and kept. */
const formerParents = [
  "azure-gpu-cluster:training:TrainingNamespace",
  "azure-gpu-cluster:inference:InferenceNamespace",
] as const;

/**
 * A namespace for one team: limits, rights, a closed network, an identity without secrets and its storage. Costs nothing
 * by itself.
 * @throws MisconfiguredError before anything is registered
 */
export class TeamNamespace extends ComponentResource {
  /** Name of the namespace, once it is there. */
  public readonly namespaceName: Output<string>;

  /** `opts.providers` must hold the Kubernetes provider of the cluster. */
  public constructor(name: string, args: TeamNamespaceArgs, opts: ComponentResourceOptions) {
    const { identityClientId, tenantId, podSecurityVersion, after = [], ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planOf(name, rest);
    // By its own name: another cluster of the program may well hold a namespace of the same name.
    claim("Team namespace", name);
    checkTenant(name, plan, tenantId);
    super("azure-gpu-cluster:tenancy:TeamNamespace", name, {}, withFormerParents(name, opts));
    const own = { parent: this };

    const { metadata } = plan.namespace;
    const versions = tableOf(podSecurityModes.map((it) => [podSecurityLabel(`${it}-version`), podSecurityVersion]));
    const namespace = new Namespace(
      name,
      { metadata: { ...metadata, labels: { ...metadata.labels, ...versions } } },
      // Said here and not for the component: what a component waits for its children do not.
      { ...own, dependsOn: [...after] },
    );
    this.namespaceName = namespace.metadata.name;
    const inside = { namespace: this.namespaceName };

    const { serviceAccount, defaultServiceAccount, rights, resourceQuota, limitRange } = plan;
    const annotations = { "azure.workload.identity/client-id": identityClientId };
    new ServiceAccount(
      name,
      { ...serviceAccount, metadata: { ...serviceAccount.metadata, ...inside, annotations } },
      own,
    );
    new ServiceAccount(
      `${name}-default`,
      { ...defaultServiceAccount, metadata: { ...defaultServiceAccount.metadata, ...inside } },
      own,
    );
    for (const { name: role, role: body, roleBinding } of rights) {
      const logical = role === "members" ? name : `${name}-${role}`;
      const bound = new Role(logical, { ...body, metadata: { ...body.metadata, ...inside } }, own);
      new RoleBinding(
        logical,
        {
          ...roleBinding,
          metadata: { ...roleBinding.metadata, ...inside },
          roleRef: { ...roleBinding.roleRef, name: bound.metadata.name },
        },
        own,
      );
    }
    new ResourceQuota(name, { ...resourceQuota, metadata: { ...resourceQuota.metadata, ...inside } }, own);
    new LimitRange(name, { ...limitRange, metadata: { ...limitRange.metadata, ...inside } }, own);
    for (const policy of plan.networkPolicies) {
      new NetworkPolicy(
        `${name}-${policy.metadata.name}`,
        { ...policy, metadata: { ...policy.metadata, ...inside } },
        own,
      );
    }
    for (const { metadata: named, spec } of plan.ciliumNetworkPolicies) {
      new CustomResource(
        `${name}-${named.name}`,
        { apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { ...named, ...inside }, spec },
        own,
      );
    }
    for (const { metadata: named, data } of plan.configMaps) {
      new ConfigMap(`${name}-${named.name}`, { metadata: { ...named, ...inside }, data }, own);
    }
    if (plan.adapterClaims !== null) {
      const { metadata: named, spec } = plan.adapterClaims;
      new ResourceClaimTemplate(`${name}-${named.name}`, { metadata: { ...named, ...inside }, spec }, own);
    }
    if (plan.localQueue !== null) {
      const { metadata: named, spec } = plan.localQueue;
      new CustomResource(
        `${name}-queue`,
        { apiVersion: "kueue.x-k8s.io/v1beta2", kind: "LocalQueue", metadata: { ...named, ...inside }, spec },
        own,
      );
    }
    for (const { persistentVolume, claim: bodyOfClaim } of plan.volumes) {
      const volumeName = `${name}-${bodyOfClaim.metadata.name}`;
      const volume = new PersistentVolume(volumeName, persistentVolume, own);
      new PersistentVolumeClaim(
        volumeName,
        {
          metadata: { ...bodyOfClaim.metadata, ...inside },
          spec: { ...bodyOfClaim.spec, volumeName: volume.metadata.name },
        },
        own,
      );
    }
    for (const { metadata: named, spec } of plan.secretProviderClasses) {
      new CustomResource(
        `${name}-secret-${named.name}`,
        {
          apiVersion: `${secretsStore.apiGroup}/v1`,
          kind: "SecretProviderClass",
          metadata: { ...named, ...inside },
          spec: { ...spec, parameters: { ...spec.parameters, clientID: identityClientId, tenantID: tenantId } },
        },
        own,
      );
    }
    this.registerOutputs({ namespaceName: this.namespaceName });
  }
}

function planOf(
  name: string,
  {
    pool,
    cpuPools,
    volumes,
    queue,
    endpointCidr,
    keyVault,
    fqdnPolicies,
    outboundType,
    location,
    ...shape
  }: TeamNamespaceShape & TeamSurroundings,
): TeamNamespacePlan {
  const surroundings = {
    pool,
    ...(cpuPools && { cpuPools }),
    ...(volumes && { volumes }),
    ...(queue && { queue }),
    ...(endpointCidr !== undefined && { endpointCidr }),
    ...(keyVault !== undefined && { keyVault }),
    ...(fqdnPolicies !== undefined && { fqdnPolicies }),
    ...(outboundType !== undefined && { outboundType }),
    ...(location !== undefined && { location }),
  };
  return planTeamNamespace(name, shape, surroundings);
}

/** Without its tenant nobody could sign in to the vault, and pods would wait for their secrets for ever. */
function checkTenant(name: string, plan: TeamNamespacePlan, tenantId: Input<string> | undefined): void {
  if (plan.secretProviderClasses.length === 0 || tenantId !== undefined) return;
  throw new MisconfiguredError(`Team namespace '${name}'`, [
    {
      path: "tenantId",
      rule: "must be given: the team mounts secrets, and its identity signs in there",
      remedy: "Pass tenantId of the WorkloadIdentity",
    },
  ]);
}

function withFormerParents(name: string, opts: ComponentResourceOptions): ComponentResourceOptions {
  const former = formerParents.map((type) => ({ parent: createUrn(name, type, opts.parent) }));
  return { ...opts, aliases: [...(opts.aliases ?? []), ...former] };
}
