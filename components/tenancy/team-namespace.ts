import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace";
import { PersistentVolume } from "@pulumi/kubernetes/core/v1/persistentVolume";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy";
import { Role } from "@pulumi/kubernetes/rbac/v1/role";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding";
import type * as k8s from "@pulumi/kubernetes/types/input";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { labels } from "../../catalog/scheduling";
import { namespaceNetworkPolicies } from "./network-rules";
import { serviceAccountName } from "./service-account";
import { volumeManifests } from "./shared-volume";
import type { TeamArgs, WorkloadProfile } from "./team";
import { planContainerDefaults, planTeamQuota } from "./team-quota";

export interface TeamNamespaceArgs extends TeamArgs {
  readonly profile: WorkloadProfile;
}

/**
 * What every team namespace has: limits, rights, a closed network, an identity and its shared volumes. Costs nothing.
 * @throws MisconfiguredError before anything is registered
 */
export class TeamNamespace extends ComponentResource {
  public readonly namespaceName: Output<string>;

  public constructor(name: string, args: TeamNamespaceArgs, opts: ComponentResourceOptions) {
    const { profile, podSecurityVersion } = args;
    const quota = planTeamQuota(args.share, args.volumes);
    super("azure-gpu-cluster:tenancy:TeamNamespace", name, {}, opts);
    const own = { parent: this };

    const namespace = new Namespace(
      name,
      {
        metadata: {
          name,
          labels: {
            "pod-security.kubernetes.io/enforce": profile.podSecurity,
            "pod-security.kubernetes.io/enforce-version": podSecurityVersion,
            "pod-security.kubernetes.io/warn": "restricted",
            "pod-security.kubernetes.io/warn-version": podSecurityVersion,
            "pod-security.kubernetes.io/audit": "restricted",
            "pod-security.kubernetes.io/audit-version": podSecurityVersion,
            [labels.workload]: profile.workload,
            [labels.tenant]: args.team,
          },
        },
      },
      own,
    );
    this.namespaceName = namespace.metadata.name;
    const metadata = (objectName: string): k8s.meta.v1.ObjectMeta => ({
      name: objectName,
      namespace: this.namespaceName,
    });

    new ServiceAccount(
      name,
      {
        metadata: {
          ...metadata(serviceAccountName),
          annotations: { "azure.workload.identity/client-id": args.identityClientId },
        },
        automountServiceAccountToken: false,
      },
      own,
    );
    const role = new Role(name, { metadata: metadata("team"), rules: [...profile.rules] }, own);
    new RoleBinding(
      name,
      {
        metadata: metadata("team"),
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: args.groupObjectId }],
      },
      own,
    );
    new ResourceQuota(name, { metadata: metadata("team"), spec: { hard: quota } }, own);
    new LimitRange(name, { metadata: metadata("team"), spec: { limits: [planContainerDefaults(profile)] } }, own);
    for (const [policy, spec] of Object.entries(namespaceNetworkPolicies(args.egress ?? "closed", args.endpointCidr))) {
      new NetworkPolicy(`${name}-${policy}`, { metadata: metadata(policy), spec }, own);
    }
    for (const volume of args.volumes) {
      const { persistentVolume, claim } = volumeManifests(name, volume);
      const made = new PersistentVolume(`${name}-${volume.name}`, persistentVolume, own);
      new PersistentVolumeClaim(
        `${name}-${volume.name}`,
        { metadata: metadata(volume.name), spec: { ...claim, volumeName: made.metadata.name } },
        own,
      );
    }
    this.registerOutputs({ namespaceName: this.namespaceName });
  }
}
