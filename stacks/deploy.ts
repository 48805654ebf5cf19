import type { Output } from "@pulumi/pulumi";
import { KubernetesAccess } from "../components/cluster/kubernetes-access";
import { addOns } from "../components/platform/add-ons";
import { planPlatform, type PlatformPlan } from "../components/platform/plan-platform";
import type { PlatformRef } from "../components/platform/platform-ref";
import type { QueuesRef } from "../components/platform/queues-ref";
import { MisconfiguredError, Problems } from "../core/problems";
import { checkAgainstHandover } from "./check-against-handover";
import { planModels } from "./check-models";
import { checkQueues } from "./check-queues";
import type { Environment } from "./environment";
import { type BootstrapOutputs, deployBootstrap } from "./layers/bootstrap";
import { HandoverReader, type InfraHandover, type PlatformHandover, type TenantsHandover } from "./handover";
import { deployInfra } from "./layers/infra";
import { deployPlatform } from "./layers/platform";
import { deployTenants } from "./layers/tenants";
import { ownMirrors } from "./own-mirrors";

/** Outputs of a stack: the handovers of the layers that it makes, or what pipelines are to be told. */
export interface StackOutputs extends Partial<BootstrapOutputs> {
  readonly infra?: InfraHandover;
  readonly platform?: Output<PlatformHandover>;
  readonly tenants?: TenantsHandover;
}

/** Makes the layers of an environment, and reads the ones that another stack makes. */
export async function deploy(environment: Environment): Promise<StackOutputs> {
  const { layers, handover, bootstrap } = environment;
  if (bootstrap !== null) return deployBootstrap(environment, bootstrap);
  const reader = handover === null ? undefined : new HandoverReader(handover);

  const made = environment.infra === null ? undefined : deployInfra(environment, environment.infra);
  const read = made === undefined ? await reader?.infra() : undefined;
  if (read !== undefined) checkAgainstHandover(environment, read);
  const infra = made?.handover ?? read;
  if (infra === undefined) throw new Error("The checks let a stack without infra and without handover pass.");
  const own = made === undefined ? {} : { infra };
  if (!layers.includes("platform") && !layers.includes("tenants")) return own;

  const platformPlan = layers.includes("platform") ? platformOf(environment, infra) : undefined;
  // Tenants must not be made before the platform that carries them.
  const handedOver = platformPlan?.handsOver ?? (await reader?.platform());
  const queues = handedOver?.queues ?? null;
  const models = layers.includes("tenants") ? checkTeamsOf(environment, infra, { ...handedOver, queues }) : [];
  const access = new KubernetesAccess("aks", {
    cluster: infra.cluster,
    login: environment.login,
    ...(made !== undefined && { deletedWith: made.cluster.managedCluster }),
  });
  const platform = platformPlan && deployPlatform(platformPlan, access);
  const tenants = layers.includes("tenants")
    ? await deployTenants(environment, infra, access, {
        ...{ fence: [], kueue: [], serving: [] },
        ...platform,
        queues,
        modelsOf: (team) => models.find((it) => it.team === team)?.plans ?? [],
      })
    : undefined;
  return { ...own, ...(platform && { platform: platform.handover }), ...(tenants && { tenants }) };
}

/** The add-ons that an environment chose, for the cluster that it has: planned here where another stack makes the cluster. */
export function platformOf({ stack, platform, platformPlan }: Environment, handover: InfraHandover): PlatformPlan {
  if (platformPlan !== null) return platformPlan;
  const { imageMirrors = {}, ...choices } = platform;
  const { gpuPools: pools, cpuPools, cluster, lustre, metrics, containerRegistry: own } = handover;
  const { kubernetesVersion } = cluster;
  const has = { lustre: lustre !== undefined, metrics: metrics !== undefined };
  const problems = new Problems();
  const mirrors = ownMirrors(imageMirrors, own, problems);
  const facts = { pools, cpuPools, kubernetesVersion, ...has, imageMirrors: mirrors };
  const plan = problems.attempt("platform", () => planPlatform(addOns, choices, facts));
  if (plan === undefined || problems.list.length > 0) throw new MisconfiguredError(`Stack '${stack}'`, problems.list);
  return plan;
}

/** Queues and models meet their cluster only here, where another stack made it or its add-ons. */
function checkTeamsOf(
  { stack, teams, platform }: Environment,
  { gpuPools, cpuPools, blob, metrics, cluster }: InfraHandover,
  {
    queues,
    modelGateway,
    scratchStorageClass,
  }: Partial<Pick<PlatformRef, "modelGateway" | "scratchStorageClass">> & { readonly queues: QueuesRef | null },
): ReturnType<typeof planModels> {
  const problems = new Problems();
  checkQueues(teams, gpuPools, queues, problems);
  const models = planModels(
    teams,
    {
      gpuPools,
      cpuPools,
      gateway: modelGateway ?? null,
      blob: blob !== undefined,
      keda: cluster.keda === true,
      metrics: metrics === undefined ? "none" : metrics.privateQueries === true ? "private" : "readable",
      groups: platform.leaderWorkerSet !== false,
      scratchStorageClass,
    },
    problems,
  );
  problems.throwIfAny(`Stack '${stack}'`);
  return models;
}
