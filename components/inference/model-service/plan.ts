import { engines } from "../../../catalog/engines";
import { imageOf } from "../../../catalog/image-of";
import { models } from "../../../catalog/models";
import type { VmSize } from "../../../catalog/vm-size";
import { findVmSize } from "../../../catalog/vm-sizes";
import { type Problem, Problems, showAt } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import type { PlatformRef } from "../../platform/platform-ref";
import { chooseLayout } from "./choose-layout";
import { type Estimate, estimate } from "./estimate";
import type { Fit } from "./fit";
import { type ModelAddress, modelAddress } from "./address";
import { aloneWithPrefill, planPrefill, type PrefillPlan, transferNote } from "./prefill";
import { checkDomain, readingGpus } from "./prefill-gpus";
import { podResources } from "./pod-resources";
import { planRateLimit, type RateLimit } from "./rate-limit";
import { planResponseCache, type ResponseCachePlan } from "./response-cache";
import { planScaling, type Scaling, type ScalingMeans } from "./scaling";
import { scratchGiB } from "./scratch";
import { type ServingGpu, servingGpu } from "./serving-gpu";
import { modelServiceShape, type ModelServiceChoices, type ModelServiceShape } from "./shape";
import { together } from "./together";
import { namedModel, type WeightPaths, type WeightSource, weightSource } from "./weights";

/** Gateway that models are behind. */
export type ModelGateway = NonNullable<PlatformRef["modelGateway"]>;

/** What a model finds where it is served. */
export interface ModelSurroundings extends WeightPaths, ScalingMeans {
  /** Team that serves it. */
  readonly team: string;
  /** Namespace of the team. */
  readonly namespace: string;
  /** Pool that its GPUs are of. */
  readonly pool: GpuPoolRef;
  /** GPUs of the team. */
  readonly gpus: number;
  /** Null: the cluster has none. */
  readonly gateway: ModelGateway | null;
  /** Storage class of scratch volumes on local NVMe disks. @default none: the OS disk takes what pods write */
  readonly scratchStorageClass?: string | undefined;
}

/** One kind of server of a model: the model itself, or its canary. */
export interface ServerPlan {
  /** Name of its Deployment or set, of its pool and its picker. */
  readonly name: string;
  readonly image: string;
  readonly source: WeightSource;
  readonly fit: Fit;
  readonly gpu: ServingGpu;
  /** Part of the requests, in percent. */
  readonly weight: number;
  readonly scaling: Scaling;
  readonly estimate: Estimate;
  /** Servers that read prompts for these. Null: these do it themselves. */
  readonly prefill: PrefillPlan | null;
  /** The cache before each of them. Null: none. */
  readonly responseCache: ResponseCachePlan | null;
  /** What a pod writes beside what it serves, in GiB. */
  readonly scratchGiB: number;
}

/** A checked model of a team. */
export interface ModelServicePlan {
  readonly name: string;
  readonly namespace: string;
  readonly pool: GpuPoolRef;
  readonly size: VmSize;
  readonly gateway: ModelGateway;
  readonly address: ModelAddress;
  readonly access: NonNullable<ModelServiceChoices["access"]>;
  /** Null: the gateway lets all through that may ask. */
  readonly limit: RateLimit | null;
  /** The model, and its canary where it has one. */
  readonly servers: readonly [ServerPlan, ...ServerPlan[]];
  readonly scratchStorageClass: string | null;
  readonly metrics: ScalingMeans["metrics"];
  /** GPUs that all its servers have at most. */
  readonly gpus: number;
  /** What to know before it is made. */
  readonly notes: readonly string[];
}

/**
 * All decisions of one model.
 * @param name Of the model within its team
 * @throws MisconfiguredError with every problem of the model
 */
export function planModelService(
  name: string,
  given: ModelServiceShape,
  surroundings: ModelSurroundings,
): ModelServicePlan {
  const subject = `Model '${name}' of ${surroundings.namespace}`;
  const shape = readShape(modelServiceShape, given, subject);
  const { pool, gateway, team, namespace, gpus: ofTeam } = surroundings;
  const problems = new Problems();
  problems.require(gateway !== null, "", "needs the gateway of models, which the cluster does not have", {
    remedy:
      "Write inferenceGateway: { hostName: ..., tls: ... } in the section platform of the stack that makes the platform",
  });
  const size = findVmSize(pool.size, pool.figures);
  const gpu =
    size === undefined
      ? { unfit: `${pool.size} is not known to the catalogue` }
      : servingGpu(size, pool.migProfile, shape.engine);
  if ("unfit" in gpu || size === undefined) {
    problems.require(false, "model", `cannot be served on pool ${pool.key}: ${"unfit" in gpu ? gpu.unfit : ""}`, {
      remedy: "Use a pool of another size for the team",
    });
    problems.throwIfAny(subject);
    throw new Error("A size that is not known is a problem.");
  }
  const place = { size, gpu, pool, surroundings };
  const { scaling, most, note } = planScaling(shape, surroundings, problems);
  const { canary } = shape;
  const main = planServer(
    name,
    { ...shape, weight: 100 - (canary?.weight ?? 0), scaling, answering: most, path: "" },
    place,
    problems,
  );
  const second =
    canary === undefined
      ? undefined
      : planServer(
          `${name}-canary`,
          {
            ...shape,
            ...inherited(shape, canary),
            prefill: undefined,
            // One server, whoever reads the prompts of the model itself.
            answering: 1,
            weight: canary.weight,
            scaling: { kind: "fixed", replicas: 1 },
            path: "canary.",
          },
          place,
          problems,
        );
  const each = main?.fit.gpus ?? 1;
  const reading = main === undefined || most === 0 ? 0 : readingGpus(main);
  const others = reading + (second?.fit.gpus ?? 0);
  const gpus = (main === undefined ? 0 : each * most) + others;
  const fitting = Math.floor((ofTeam - others) / each);
  problems.require(
    gpus <= ofTeam,
    "maxReplicas",
    `must leave all servers within the ${ofTeam} GPUs of the team, at ${each} each${reading === 0 ? "" : ` and ${reading} for prefill`}`,
    {
      got: most,
      remedy: fitting >= 1 ? `Use ${fitting} or less` : `Raise gpus of the team to ${gpus}`,
    },
  );
  if (main?.prefill?.transfer.overTcpBecause === null)
    checkDomain({ each, most, reading, eachReading: main.prefill.fit.gpus }, pool, problems);
  const contextTokens = Math.max(main?.fit.contextTokens ?? 0, second?.fit.contextTokens ?? 0);
  const limit = planRateLimit(shape.limits, { pods: gateway?.replicas ?? 1, contextTokens }, problems);
  problems.throwIfAny(subject);
  if (gateway === null || main === undefined) throw new Error("What is missing is a problem.");
  const address = modelAddress(name, team, gateway.hostName);
  const access = shape.access ?? { apiKeys: `${name}-api-keys` };
  const servers = [main, ...(second === undefined ? [] : [second])] as const;
  return {
    name,
    namespace,
    pool,
    size,
    gateway,
    address,
    access,
    limit,
    servers,
    scratchStorageClass: size.nvme === null ? null : (surroundings.scratchStorageClass ?? null),
    metrics: surroundings.metrics,
    gpus,
    notes: [
      ...servers.flatMap((it) => weightNote(it, namespace)),
      ...("apiKeys" in access
        ? [
            `${namespace}/${name}: nobody gets in until the namespace has the Secret ${access.apiKeys}, each entry of which is a key`,
          ]
        : []),
      ...[note, main.prefill === null ? null : transferNote(main.prefill, pool, size)].flatMap((it) =>
        it === null ? [] : [`${namespace}/${name}: ${it}`],
      ),
    ],
  };
}

type ServerChoices = Pick<ModelServiceChoices, "model" | "image" | "gpusPerReplica" | "contextTokens"> & {
  readonly weights?: ModelServiceChoices["weights"] | undefined;
  readonly prefill?: ModelServiceChoices["prefill"] | undefined;
  readonly responseCache?: ModelServiceChoices["responseCache"] | undefined;
  /** Servers that write answers, at most. */
  readonly answering: number;
  readonly weight: number;
  readonly scaling: Scaling;
  /** What paths of its problems begin with. */
  readonly path: string;
};

/** What a canary has of its own. A new model does not have the weights of the old one. */
function inherited(
  { model, weights }: ModelServiceChoices,
  canary: NonNullable<ModelServiceChoices["canary"]>,
): Pick<ServerChoices, "model" | "weights" | "image"> {
  const own = canary.weights ?? (canary.model === undefined ? weights : undefined);
  return {
    model: canary.model ?? model,
    weights: own,
    ...(canary.image !== undefined && { image: canary.image }),
  };
}

function planServer(
  name: string,
  { model, weights, image, prefill, responseCache, weight, scaling, answering, path, ...wishes }: ServerChoices,
  {
    size,
    gpu,
    pool,
    surroundings,
  }: {
    readonly size: VmSize;
    readonly gpu: ServingGpu;
    readonly pool: GpuPoolRef;
    readonly surroundings: ModelSurroundings;
  },
  problems: Problems,
): ServerPlan | undefined {
  const named = namedModel(model);
  const own = new Problems();
  const group = together(pool);
  const { title, aloneBecause } = engines[gpu.engine];
  const room =
    prefill !== undefined
      ? { nodes: 1, alone: aloneWithPrefill }
      : aloneBecause !== null
        ? { nodes: 1, alone: `nodes do not share a model with ${title}, since ${aloneBecause}` }
        : {
            nodes: group.nodes,
            alone: `nodes of pool ${pool.key} do not share a model: they ${group.apartBecause ?? ""}`,
          };
  const fit = chooseLayout(named.figures, wishes, { size, gpu, ...room }, own);
  for (const it of own.list) {
    if (it.path === "model") problems.add({ ...it, path: `${path}model`, ...(named.row && showAt("model", model)) });
    else addOnce(it, problems);
  }
  const source = weightSource(named, weights, { ...surroundings, engine: gpu.engine }, `${path}weights`, problems);
  if (fit === undefined || source === undefined) return undefined;
  const disk = size.nvme !== null && surroundings.scratchStorageClass !== undefined;
  const scratch = scratchGiB(
    source,
    named.figures,
    fit,
    { pool, disk, engine: gpu.engine },
    `${path}weights`,
    problems,
  );
  const usdPerGpuHour = size.price === null ? null : size.price.usdPerHour / pool.gpusPerNode;
  const readers =
    prefill === undefined
      ? null
      : planPrefill(
          prefill,
          named.figures,
          { name, fit, contextTokens: wishes.contextTokens, scaling, source },
          { size, gpu, ...room, pool, group, disk },
          problems,
        );
  if (readers === undefined) return undefined;
  // A request goes to both kinds of servers, so both take requests of one length.
  const contextTokens = Math.min(fit.contextTokens, readers?.fit.contextTokens ?? Infinity);
  const layout = { ...fit, contextTokens };
  const split = readers === null ? null : { ...readers, fit: { ...readers.fit, contextTokens } };
  const ofCache = new Problems();
  const pod = podResources({ pool, size }, { fit: layout, prefill: split }, "server");
  const cache = responseCache === undefined ? null : planResponseCache(responseCache, pod, ofCache);
  for (const it of ofCache.list) addOnce(it, problems);
  const server = {
    name,
    image: image ?? imageOf(engines[gpu.engine].image),
    source,
    fit: layout,
    gpu,
    weight,
    scaling,
    prefill: split,
    responseCache: cache,
    scratchGiB: scratch,
  };
  const gpus = fit.gpus + (answering === 0 ? 0 : readingGpus(server) / answering);
  return { ...server, estimate: estimate(named.figures, gpu, layout, { gpus, usdPerGpuHour }) };
}

/** Notes what is wrong with a wish that model and canary share, unless it was told of the first. */
function addOnce(problem: Problem, problems: Problems): void {
  if (!problems.list.some((told) => told.path === problem.path)) problems.add(problem);
}

/** What somebody has to do before a server finds its weights. */
function weightNote({ name, source }: ServerPlan, namespace: string): string[] {
  if (source.kind === "blob")
    return [
      `${namespace}/${name}: its pods do not come up until the folder ${source.folder} of container ${namespace} has its files, weights as safetensors${licence(source.folder)}`,
    ];
  const { gatedBy, tokenSecret } = source;
  if (gatedBy === null) return [];
  const where =
    tokenSecret === null
      ? "the namespace has the Secret hugging-face with a token (key token)"
      : `the secret ${tokenSecret} of the Key Vault is a token`;
  return [
    `${namespace}/${name}: its pods do not come up until ${where} of an account that has accepted the ${gatedBy}`,
  ];
}

/** The licence of a model that is in the folder of its name. */
function licence(folder: string): string {
  const row = Object.values(models).find((it) => folder === `models/${it.huggingFace}`);
  return row?.gatedBy == null ? "" : `; whoever downloads them accepts the ${row.gatedBy}`;
}
