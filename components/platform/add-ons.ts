import { z } from "zod";
import { acceptance } from "./acceptance";
import type { AddOn } from "./add-on";
import { amdGpuOperator } from "./amd-gpu-operator/amd-gpu-operator";
import { clusterGuard } from "./cluster-guard/cluster-guard";
import { capacityOrder } from "./capacity-order";
import { certManager } from "./cert-manager";
import { draDriver } from "./dra-driver";
import { dranet } from "./dranet";
import { gatewayApi } from "./gateway-api/gateway-api";
import { gpuOperator } from "./gpu-operator";
import { imageMirrorsShape } from "./image-mirrors";
import { inferenceGateway } from "./inference-gateway/inference-gateway";
import { inferenceGatewayKinds } from "./inference-gateway/inference-gateway-kinds";
import { inferencePools } from "./inference-pools/inference-pools";
import { jobSet } from "./job-set";
import { kubeRay } from "./kube-ray";
import { kServe } from "./kserve/kserve";
import { kServeController } from "./kserve/kserve-controller";
import { kServeKinds } from "./kserve/kserve-kinds";
import { kueue } from "./kueue";
import { leaderWorkerSet } from "./leader-worker-set";
import { lustreCsi } from "./lustre-csi";
import { memlock } from "./memlock/memlock";
import { metrics } from "./metrics/metrics";
import { mpiOperator } from "./mpi-operator/mpi-operator";
import { networkOperator } from "./network-operator";
import { nodeFeatureDiscovery } from "./node-feature-discovery";
import { nodeHealth } from "./node-health/node-health";
import { nvSentinel } from "./nv-sentinel";
import { poolHours } from "./pool-hours/pool-hours";
import { scratchDisks } from "./scratch-disks";
import { teamFence } from "./team-fence/team-fence";
import { trainer } from "./trainer";
import { trainingRuntimes } from "./training-runtimes";

/** `false`: not installed. A mapping: installed, with these settings. */
const choice = <S extends z.ZodObject>({ settings }: AddOn<S>) => z.union([z.literal(false), settings]).exactOptional();

/**
 * Add-ons of the cluster, by key. What is left out is installed when the environment wants it. `false` never installs it; a
 * mapping always does, with its settings, `{}` with the defaults.
 */
export const platformShape = z.strictObject({
  /** Where charts and images of the add-ons lie, in a network that does not reach the public registries. Default: nowhere else. */
  imageMirrors: imageMirrorsShape.exactOptional(),
  /** What teams may not do in their namespaces. It cannot be left out: without it a team reaches the GPUs of all others. */
  teamFence: teamFence.settings.exactOptional(),
  /**
   * What nobody may do in any namespace, past Pulumi too: run something in `default`, take GPUs that no quota counts, open a public load
   * balancer, leave a namespace without a Pod Security level, bind cluster-admin. Nothing asks for it but you. `false` as if left out.
   */
  clusterGuard: choice(clusterGuard),
  /** In which order the autoscaler makes nodes of a pool with `capacity`. It cannot be left out: without it no pool would grow. */
  capacityOrder: capacityOrder.settings.exactOptional(),
  /**
   * Unlimited locked memory on InfiniBand nodes, which take no pods before. `false` leaves the limit to somebody else, and closes no node.
   */
  memlock: choice(memlock),
  /** Certificates for the webhooks of other add-ons, made and renewed in the cluster. */
  certManager: choice(certManager),
  /** Labels on GPU nodes that say which devices they have, by which the operators find them. */
  nodeFeatureDiscovery: choice(nodeFeatureDiscovery),
  /** InfiniBand adapters as a resource that pods ask for. `false` leaves adapters and their driver to somebody else. */
  networkOperator: choice(networkOperator),
  /** NVIDIA GPUs as a resource that pods ask for, with the driver where AKS brings none. `false` leaves both to somebody else. */
  gpuOperator: choice(gpuOperator),
  /** AMD GPUs as a resource that pods ask for, with their driver. `false` leaves both to somebody else. */
  amdGpuOperator: choice(amdGpuOperator),
  /** InfiniBand adapters as devices that pods claim, on pools with `rdma: dranet`. `false` leaves them to somebody else. */
  dranet: choice(dranet),
  /** ComputeDomains, by which the nodes of one job share NVLink on a rack of GB200 or GB300. */
  draDriver: choice(draDriver),
  /** Checks that a GPU node passes before it takes work, and anew when it is idle. `false` opens new nodes at once. */
  nodeHealth: choice(nodeHealth),
  /** NVSentinel as an observer of GPU nodes that work. It closes none. */
  nvSentinel: choice(nvSentinel),
  /** Scratch volumes on the local NVMe disks of GPU nodes. */
  scratchDisks: choice(scratchDisks),
  /** The driver that mounts Lustre volumes. `false` leaves it to somebody else. */
  lustreCsi: choice(lustreCsi),
  /** JobSets: several Jobs that start, fail and start anew as one. Trainer needs them. */
  jobSet: choice(jobSet),
  /** LeaderWorkerSets: replicas of several pods each, to serve models across nodes. */
  leaderWorkerSet: choice(leaderWorkerSet),
  /** TrainJobs of Kubeflow Trainer, without its runtimes. */
  trainer: choice(trainer),
  /** Runtimes by which TrainJobs run on whole nodes of each GPU pool. `false` leaves them to somebody else. */
  trainingRuntimes: choice(trainingRuntimes),
  /** MPIJobs: one MPI program on several workers, which a launcher starts. */
  mpiOperator: choice(mpiOperator),
  /** RayClusters, RayJobs and RayServices, of KubeRay. */
  kubeRay: choice(kubeRay),
  /** Kinds of the Gateway API: Gateways, and the routes that lead from them to services. */
  gatewayApi: choice(gatewayApi),
  /** Kinds for serving models behind a gateway: InferencePools, and those of llm-d's router. */
  inferencePools: choice(inferencePools),
  /** Kinds of agentgateway. `inferenceGateway` brings them. */
  inferenceGatewayKinds: choice(inferenceGatewayKinds),
  /** One gateway for the models of all inference teams: agentgateway. */
  inferenceGateway: choice(inferenceGateway),
  /** Kinds of KServe for language models. `kServe` brings them. */
  kServeKinds: choice(kServeKinds),
  /** KServe's controller for language models, without presets. `kServe` brings it; write it for its settings, or for presets of your own. */
  kServeController: choice(kServeController),
  /** Language models as one object each: LLMInferenceServices of KServe. */
  kServe: choice(kServe),
  /** The queue of training jobs, which start whole and inside one InfiniBand domain. */
  kueue: choice(kueue),
  /** Hours in which GPU pools with `off` have no nodes. `false` leaves it to somebody else to hold their queues. */
  poolHours: choice(poolHours),
  /** A namespace with a queue for tests of nodes. */
  acceptance: choice(acceptance),
  /** Metrics of GPUs, InfiniBand and queues, where the environment has `metrics`. `false` leaves to somebody else what is fetched. */
  metrics: choice(metrics),
});
export type PlatformShape = z.input<typeof platformShape>;

/** Every add-on that the project has. Where nothing else decides, they are installed in this order. */
export const addOns = {
  teamFence,
  clusterGuard,
  capacityOrder,
  memlock,
  certManager,
  nodeFeatureDiscovery,
  networkOperator,
  gpuOperator,
  amdGpuOperator,
  dranet,
  draDriver,
  nodeHealth,
  nvSentinel,
  scratchDisks,
  lustreCsi,
  jobSet,
  leaderWorkerSet,
  trainer,
  trainingRuntimes,
  mpiOperator,
  kubeRay,
  gatewayApi,
  inferencePools,
  inferenceGatewayKinds,
  inferenceGateway,
  kServeKinds,
  kServeController,
  kServe,
  kueue,
  poolHours,
  acceptance,
  metrics,
} as const satisfies Readonly<Record<Exclude<keyof PlatformShape, "imageMirrors">, AddOn>>;
export type AddOnKey = keyof typeof addOns;
