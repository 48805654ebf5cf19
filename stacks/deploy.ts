import { type CustomResourceOptions, type Resource, runtime } from "@pulumi/pulumi";
import { KubernetesAccess } from "../components/cluster/kubernetes-access";
import { Problems } from "../core/problems";
import { checkTeams } from "./check-teams";
import type { Environment } from "./environment";
import { HandoverReader, type InfraHandover, type PlatformHandover, type TenantsHandover } from "./handover";
import { deployInfra } from "./layers/infra";
import { deployPlatform } from "./layers/platform";
import { deployTenants } from "./layers/tenants";

/** Outputs of a stack: the handovers of the layers that it makes. */
export interface StackOutputs {
  readonly infra?: InfraHandover;
  readonly platform?: PlatformHandover;
  readonly tenants?: TenantsHandover;
}

/** Makes the layers of an environment, and reads the ones that another stack makes. */
export async function deploy(environment: Environment): Promise<StackOutputs> {
  const { layers, handover } = environment;
  const reader = handover === null ? undefined : new HandoverReader(handover);

  const made = environment.infra === null ? undefined : deployInfra(environment, environment.infra);
  const infra = made?.handover ?? (await reader?.infra());
  if (infra === undefined) throw new Error("The checks let a stack without infra and without handover pass.");
  const own = made === undefined ? {} : { infra };
  if (!layers.includes("platform") && !layers.includes("tenants")) return own;

  if (made === undefined) checkAgainstHandover(environment, infra);
  else deleteWith(made.cluster.managedCluster);
  const access = new KubernetesAccess("aks", {
    clusterResourceId: infra.cluster.resourceId,
    apiServerUrl: infra.cluster.apiServerUrl,
    certificateAuthority: infra.cluster.certificateAuthority,
    login: environment.login,
  });
  const platform = layers.includes("platform") ? deployPlatform(infra, access) : undefined;
  // Tenants must not be made before the platform that carries them.
  if (platform === undefined) await reader?.platform();
  const tenants = layers.includes("tenants") ? deployTenants(environment, infra, access) : undefined;
  return { ...own, ...(platform && { platform }), ...(tenants && { tenants }) };
}

/** Teams could not be checked against pools that another stack declares until now. */
function checkAgainstHandover(environment: Environment, { gpuPools }: InfraHandover): void {
  const problems = new Problems();
  checkTeams(
    environment.teams,
    gpuPools,
    gpuPools.map((it) => it.key),
    problems,
  );
  problems.throwIfAny(`Stack '${environment.stack}', with the pools of '${environment.handover ?? ""}',`);
}

/** What lives in the cluster is gone with it: destroy need not ask an API server that is going away for each object. */
function deleteWith(cluster: Resource): void {
  runtime.registerStackTransformation(({ type, props, opts }) => {
    if (!type.startsWith("kubernetes:")) return undefined;
    const withCluster: CustomResourceOptions = { ...opts, deletedWith: cluster };
    return { props, opts: withCluster };
  });
}
