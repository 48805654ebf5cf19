import { imageOf } from "../../../catalog/image-of";
import type { ModelFigures } from "../../../catalog/models";
import { versions } from "../../../catalog/versions";
import type { VmSize } from "../../../catalog/vm-size";
import { Problems, showAt } from "../../../core/problems";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import { chooseLayout, type LayoutPlace } from "./choose-layout";
import { bytesPerToken, type Fit } from "./fit";
import type { Scaling } from "./scaling";
import { scratchGiB } from "./scratch";
import type { ModelServiceChoices } from "./shape";
import type { NodeGroup } from "./together";
import type { WeightSource } from "./weights";

/** Servers of a model that read prompts for those that write the answers. */
export interface PrefillPlan {
  /** Name of their Deployment. */
  readonly name: string;
  readonly fit: Fit;
  readonly scaling: Scaling;
  /** What a pod writes beside what it serves, in GiB. */
  readonly scratchGiB: number;
  /** Image of the proxy before each server that writes. */
  readonly proxyImage: string;
  /** How much of a prompt goes from one server to another, and why not over InfiniBand where it does not. */
  readonly transfer: { readonly bytesPerToken: number; readonly overTcpBecause: string | null };
}

/** Why a model of which others read the prompts stays within a node. */
export const aloneWithPrefill =
  "with prefill no nodes share it, since vLLM moves nothing of a model whose layers are spread over nodes";

/** What is known of the servers that write the answers. */
export interface Writers {
  readonly name: string;
  readonly fit: Fit;
  /** Most tokens of a request that somebody asked for. */
  readonly contextTokens: number | undefined;
  readonly scaling: Scaling;
  readonly source: WeightSource;
}

/** Where both kinds of servers are. */
export interface PrefillPlace extends LayoutPlace {
  readonly pool: GpuPoolRef;
  readonly group: NodeGroup;
  /** Whether what pods write goes to local disks. */
  readonly disk: boolean;
}

/** Decides on the servers that read prompts, and notes a problem where there can be none: then the answer is undefined. */
export function planPrefill(
  { replicas, gpusPerReplica, proxyImage }: NonNullable<ModelServiceChoices["prefill"]>,
  model: ModelFigures,
  { name, fit: writer, contextTokens, scaling, source }: Writers,
  place: PrefillPlace,
  problems: Problems,
): PrefillPlan | undefined {
  const { pool, size, gpu, group, disk } = place;
  problems.require(
    gpu.engine === "vllm",
    "prefill",
    "needs vLLM: of another engine nothing is known here that moves what was read",
    {
      got: gpu.engine,
      remedy: "Remove engine, or prefill",
    },
  );
  if (gpu.engine !== "vllm") return undefined;
  const cut = slices(size, pool);
  problems.require(cut === null, "prefill", `is not possible on pool ${pool.key}: ${cut ?? ""}`, {
    remedy: "Use a pool of whole GPUs for the team, or remove prefill",
  });
  if (cut !== null) return undefined;
  const own = new Problems();
  // As many GPUs as take every prompt that the other servers take, unless somebody says how many.
  const longest = gpusPerReplica === undefined ? writer.contextTokens : contextTokens;
  const fit = chooseLayout(model, { gpusPerReplica, contextTokens: longest }, place, own);
  // What does not fit here and fits there has too few GPUs.
  const path = "prefill.gpusPerReplica";
  for (const it of own.list) problems.add({ ...it, path, ...showAt(path, gpusPerReplica) });
  if (fit === undefined) return undefined;
  problems.require(
    fit.tensor <= writer.tensor || "vectorSize" in model.kept,
    path,
    `must be at most ${writer.tensor}, the GPUs of a server that writes: vLLM has each GPU of it read from one that read the prompt`,
    { got: fit.tensor, remedy: `Use ${writer.tensor} or less, or gpusPerReplica: ${fit.tensor} for those that write` },
  );
  return {
    name: `${name}-prefill`,
    fit,
    scaling: besides(scaling, replicas),
    scratchGiB: scratchGiB(source, model, fit, { pool, disk, engine: gpu.engine }, "prefill", problems),
    proxyImage: proxyImage ?? imageOf(versions.routingProxy),
    // Each GPU of the other server reads what it keeps.
    transfer: { bytesPerToken: writer.tensor * bytesPerToken(model, writer), overTcpBecause: group.apartBecause },
  };
}

/** Servers that read are there while any server is that writes. */
function besides(scaling: Scaling, replicas: number): Scaling {
  if (scaling.kind === "fixed") return { kind: "fixed", replicas: scaling.replicas === 0 ? 0 : replicas };
  const { minReplicas, schedule } = scaling;
  return minReplicas > 0 || schedule === null
    ? { kind: "fixed", replicas }
    : { kind: "keda", minReplicas: 0, maxReplicas: replicas, byLoad: false, schedule: { ...schedule, replicas } };
}

/** Why no other pod reads the memory of the GPUs of a pool, null where one may. */
function slices({ name, gpu }: VmSize, { migProfile }: GpuPoolRef): string | null {
  const what = migProfile ?? (gpu?.count === null || gpu?.fraction != null ? name : null);
  return what === null
    ? null
    : `no source tells that another pod can read the memory of a slice of a GPU, which ${what} is`;
}

/** What goes over TCP, where no InfiniBand is: a prompt may wait longer for its way than for being read. */
export function transferNote({ transfer }: PrefillPlan, { key }: GpuPoolRef, { frontEndGbps }: VmSize): string | null {
  const { bytesPerToken: bytes, overTcpBecause } = transfer;
  if (overTcpBecause === null) return null;
  const tokens = 8192;
  const gigabytes = (bytes * tokens) / 1e9;
  const seconds =
    frontEndGbps === null
      ? ""
      : `, ${((gigabytes * 8) / frontEndGbps).toFixed(2)} seconds of all of the ${frontEndGbps} Gb/s of a node`;
  return (
    `what is read of prompts goes to the servers that write over TCP, since nodes of pool ${key} ${overTcpBecause}: ` +
    `${gigabytes.toFixed(2)} GB of a prompt of ${tokens} tokens${seconds}`
  );
}
