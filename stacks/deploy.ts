import type { Output } from "@pulumi/pulumi";
import { KubernetesAccess } from "../components/cluster/kubernetes-access";
import { addOns } from "../components/platform/add-ons";
import { planPlatform, type PlatformPlan } from "../components/platform/plan-platform";
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
  readonly platform?: Output<PlatformHandover>;
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
  const platformPlan = layers.includes("platform") ? platformOf(environment, infra) : undefined;
  const access = new KubernetesAccess("aks", {
    cluster: infra.cluster,
    login: environment.login,
    ...(made !== undefined && { deletedWith: made.cluster.managedCluster }),
  });
  const platform = platformPlan && deployPlatform(platformPlan, access);
  // Tenants must not be made before the platform that carries them.
  if (platform === undefined) await reader?.platform();
  const tenants = layers.includes("tenants")
    ? await deployTenants(environment, infra, access, platform?.fence ?? [])
    : undefined;
  return { ...own, ...(platform && { platform: platform.handover }), ...(tenants && { tenants }) };
}

/** Teams could not be checked against pools that another stack declares until now. */
function checkAgainstHandover(environment: Environment, { gpuPools, cpuPools }: InfraHandover): void {
  const problems = new Problems();
  const declared = { gpuPools: gpuPools.map((it) => it.key), cpuPools: cpuPools.map((it) => it.key) };
  checkTeams(environment.teams, { gpuPools, cpuPools, declared }, problems);
  problems.throwIfAny(`Stack '${environment.stack}', with the pools of '${environment.handover ?? ""}',`);
}

/** The add-ons that the environment chose, for the cluster that it has. */
function platformOf({ platform }: Environment, { gpuPools, cluster }: InfraHandover): PlatformPlan {
  return planPlatform(addOns, platform, { pools: gpuPools, kubernetesVersion: cluster.kubernetesVersion });
}
