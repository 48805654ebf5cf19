import { type EngineName, engines } from "../../../catalog/engines";
import { vmSizes } from "../../../catalog/vm-sizes";
import type { ModelFigures } from "../../../catalog/models";
import type { VmSize } from "../../../catalog/vm-size";
import type { Problems } from "../../../core/problems";
import {
  bytesForTokens,
  bytesPerToken,
  type Fit,
  fitOf,
  fits,
  type Layout,
  layouts,
  leastContextTokens,
  type Room,
} from "./fit";
import { type ServingGpu, servingGpu } from "./serving-gpu";

/** What somebody asked of the layout. */
export interface LayoutWishes {
  readonly gpusPerReplica?: number | undefined;
  readonly contextTokens?: number | undefined;
}

/** Where it is to fit. */
export interface LayoutPlace extends Room {
  readonly size: VmSize;
  /** Why several nodes may not share a model, where they may not. */
  readonly alone: string;
}

/** Decides how a server spreads its model, and notes a problem with the arithmetic where it does not fit: then undefined. */
export function chooseLayout(
  model: ModelFigures,
  { gpusPerReplica, contextTokens }: LayoutWishes,
  place: LayoutPlace,
  problems: Problems,
): Fit | undefined {
  const { gpu, size } = place;
  if (contextTokens !== undefined && contextTokens > model.contextTokens) {
    problems.requireWhole("contextTokens", contextTokens, [1, model.contextTokens], ", the most that the model knows");
    return undefined;
  }
  const { fp8 } = engines[gpu.engine].capability;
  if (model.format === "fp8" && gpu.capability < fp8) {
    problems.require(
      false,
      "model",
      `computes with FP8, which GPUs have from compute capability ${fp8.toFixed(1)}; those of ${size.name} have ${gpu.capability.toFixed(1)}`,
      { remedy: sizesThatHold(model, gpu.engine, contextTokens) },
    );
    return undefined;
  }
  const all = layouts(model, place).map((layout) => fitOf(model, gpu, layout, contextTokens));
  const asked = all.filter((it) => gpusPerReplica === undefined || it.gpus === gpusPerReplica);
  if (asked.length === 0) {
    problems.require(
      false,
      "gpusPerReplica",
      `must be a number of GPUs that can share the model on ${size.name}: ${listOf(all)}${place.nodes > 1 ? "" : `; ${place.alone}`}`,
      { got: gpusPerReplica, remedy: "Leave it out for the fewest that hold the model" },
    );
    return undefined;
  }
  const chosen = asked.find((it) => fits(model, it, contextTokens));
  if (chosen !== undefined) return chosen;
  const largest = asked.at(-1) ?? { tensor: 1, pipeline: 1 };
  const more = all.find((it) => fits(model, it, contextTokens));
  problems.require(
    false,
    "model",
    `does not fit on ${count(largest.tensor * largest.pipeline)} of ${size.name}: ${arithmetic(model, gpu, largest, contextTokens)}${place.nodes > 1 ? "" : `; ${place.alone}`}`,
    {
      remedy:
        more === undefined
          ? `${shorter(model, largest, gpu, contextTokens)}${sizesThatHold(model, gpu.engine, contextTokens)}`
          : `Use gpusPerReplica: ${more.gpus}, or leave it out`,
    },
  );
  return undefined;
}

/** The sum that does not work out, for one GPU. */
function arithmetic(model: ModelFigures, gpu: ServingGpu, layout: Layout, asked?: number): string {
  const least = Math.min(asked ?? leastContextTokens, model.contextTokens);
  const left = bytesForTokens(model, gpu, layout) / 1e9;
  const needed = (least * bytesPerToken(model, layout)) / 1e9;
  const weights = model.weightGB / (layout.tensor * layout.pipeline);
  const { title, memoryShare, overheadGB } = engines[gpu.engine];
  return (
    `of ${number(gpu.memoryGB)} GB of each GPU ${title} takes ${memoryShare * 100} %, which is ${number(gpu.memoryGB * memoryShare)}; ` +
    `weights take ${number(weights)} and ${title} itself ${overheadGB}, which leaves ${number(left)}, ` +
    `and a request of ${least} tokens needs ${number(needed)}`
  );
}

/** What to do where only the request is too long. */
function shorter(model: ModelFigures, layout: Layout, gpu: ServingGpu, asked?: number): string {
  const { contextTokens } = fitOf(model, gpu, layout);
  return asked !== undefined && contextTokens >= 1024 ? `Use contextTokens: ${contextTokens}. ` : "";
}

/** The cheapest size of the catalogue of which one node holds a model. */
export function sizesThatHold(model: ModelFigures, engine: EngineName, contextTokens?: number): string {
  const holding = [...vmSizes.values()].flatMap((size) => {
    const gpu = servingGpu(size, null, engine);
    if ("unfit" in gpu || (model.format === "fp8" && gpu.capability < engines[engine].capability.fp8)) return [];
    const fit = layouts(model, { gpu, nodes: 1 })
      .map((layout) => fitOf(model, gpu, layout, contextTokens))
      .find((it) => fits(model, it, contextTokens));
    return fit === undefined || size.price === null
      ? []
      : [{ name: size.name, gpus: fit.gpus, usd: size.price.usdPerHour }];
  });
  const [cheapest] = holding.sort((a, b) => a.usd - b.usd);
  if (cheapest !== undefined) return `A pool of ${cheapest.name} holds it on ${count(cheapest.gpus)} of a node`;
  return engines[engine].aloneBecause === null
    ? "No node of the catalogue holds it: use a pool with InfiniBand, whose nodes can share it"
    : "No node of the catalogue holds it: remove engine, and use a pool with InfiniBand, whose nodes can share it";
}

function listOf(all: readonly Fit[]): string {
  const gpus = all.map((it) => String(it.gpus));
  return gpus.length <= 8 ? gpus.join(", ") : `${gpus.slice(0, 7).join(", ")}, ... ${gpus.at(-1) ?? ""}`;
}

function count(gpus: number): string {
  return gpus === 1 ? "one GPU" : `${gpus} GPUs`;
}

function number(value: number): string {
  return value.toFixed(1);
}
