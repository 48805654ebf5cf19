import type { Output } from "@pulumi/pulumi";
import { findVmSize } from "../../catalog/vm-sizes";
import type { KubernetesAccess } from "../../components/cluster/kubernetes-access";
import type { Scope } from "../../core/scope";
import { RoleGrant } from "../../components/identity/role-grant";
import { WorkloadIdentity } from "../../components/identity/workload-identity";
import { InferenceNamespace, inferenceNamespaceName } from "../../components/inference/inference-namespace";
import { BlobContainer } from "../../components/storage/blob-container";
import { serviceAccountName } from "../../components/tenancy/service-account";
import type { SharedVolume } from "../../components/tenancy/shared-volume";
import type { TeamArgs } from "../../components/tenancy/team";
import { TrainingNamespace, trainingNamespaceName } from "../../components/training/training-namespace";
import { teamShare } from "../check-teams";
import type { Environment, Teams } from "../environment";
import { podSecurityVersion, type InfraHandover, type TenantsHandover } from "../handover";

/** A namespace for each team, with an identity in Azure and a container and directory of its own. */
export function deployTenants(
  environment: Environment,
  infra: InfraHandover,
  { options }: KubernetesAccess,
): TenantsHandover {
  const kinds = [
    {
      workload: "training",
      teams: environment.trainingTeams,
      nameOf: trainingNamespaceName,
      Namespace: TrainingNamespace,
    },
    {
      workload: "inference",
      teams: environment.inferenceTeams,
      nameOf: inferenceNamespaceName,
      Namespace: InferenceNamespace,
    },
  ] as const;
  const namespaces = kinds.flatMap(({ workload, teams, nameOf, Namespace }) =>
    Object.entries(teams).map(([team, shape]) => {
      const args = teamArgs(environment, infra, { team, shape, workload, namespace: nameOf(team) });
      return new Namespace(args, options).namespaceName;
    }),
  );
  return { tenantsSchemaVersion: 1, tenantsNamespaces: namespaces };
}

interface Team {
  readonly team: string;
  readonly shape: Teams[string];
  readonly workload: "training" | "inference";
  readonly namespace: string;
}

/** Makes what a team has in Azure, and says what its namespace gets. */
function teamArgs(
  environment: Environment,
  infra: InfraHandover,
  { team, shape, workload, namespace }: Team,
): TeamArgs {
  const pool = infra.infraPools.find((it) => it.key === shape.pool);
  const size = pool === undefined ? undefined : findVmSize(pool.size);
  if (pool === undefined || size === undefined) throw new Error(`The checks let team ${team} pass without a pool.`);
  const scope: Scope = {
    resourceGroupName: infra.infraResourceGroupName,
    location: infra.infraLocation,
    names: environment.names,
    tags: { ...environment.tags, team },
  };
  const identity = new WorkloadIdentity(namespace, {
    scope,
    oidcIssuerUrl: infra.infraOidcIssuerUrl,
    namespace,
    serviceAccount: serviceAccountName,
  });
  // Without it nobody of the team could ask Azure where the cluster is; what they may do there the namespace says.
  new RoleGrant(`${namespace}-cluster`, {
    scope: infra.infraClusterResourceId,
    principalId: shape.groupObjectId,
    role: "Azure Kubernetes Service Cluster User Role",
    principalType: "Group",
  });
  return {
    team,
    share: teamShare(pool, size, shape.gpus, workload),
    groupObjectId: shape.groupObjectId,
    identityClientId: identity.clientId,
    endpointCidr: infra.infraBlobAccountName === "" ? null : infra.infraEndpointCidr,
    podSecurityVersion: podSecurityVersion(infra),
    volumes: [
      ...(infra.infraLustreSizeTiB === 0 || workload === "inference" ? [] : [lustreVolume(infra, namespace)]),
      ...(infra.infraBlobAccountName === "" ? [] : [blobVolume(environment, infra, namespace, identity)]),
    ],
    ...(shape.egress !== undefined && { egress: shape.egress }),
  };
}

function lustreVolume(infra: InfraHandover, namespace: string): SharedVolume {
  return {
    name: "lustre",
    mgsAddress: infra.infraLustreMgsAddress,
    sizeTiB: infra.infraLustreSizeTiB,
    directory: `teams/${namespace}`,
  };
}

function blobVolume(
  { protect }: Environment,
  infra: InfraHandover,
  namespace: string,
  { principalId, clientId }: { readonly principalId: Output<string>; readonly clientId: Output<string> },
): SharedVolume {
  const container = new BlobContainer(namespace, {
    resourceGroupName: infra.infraResourceGroupName,
    accountName: infra.infraBlobAccountName,
    accountResourceId: infra.infraBlobAccountResourceId,
    containerName: namespace,
    protect,
  });
  new RoleGrant(`${namespace}-blob`, {
    scope: container.containerResourceId,
    principalId,
    role: "Storage Blob Data Contributor",
    principalType: "ServicePrincipal",
  });
  return {
    name: "blob",
    accountName: infra.infraBlobAccountName,
    containerName: container.containerName,
    resourceGroupName: infra.infraResourceGroupName,
    identityClientId: clientId,
  };
}
