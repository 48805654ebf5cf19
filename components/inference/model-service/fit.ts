import type { ModelFigures } from "../../../catalog/models";
import { engines } from "../../../catalog/engines";
import type { ServingGpu } from "./serving-gpu";

/** How one server spreads a model: each layer over `tensor` GPUs of a node, the layers over `pipeline` nodes. */
export interface Layout {
  readonly tensor: number;
  readonly pipeline: number;
}

/** A layout, and what is left in its GPUs for tokens. */
export interface Fit extends Layout {
  readonly gpus: number;
  /** Tokens of all requests together that fit beside the weights. Below zero where not even the weights do. */
  readonly tokens: number;
  /** Most tokens of one request and its answer. */
  readonly contextTokens: number;
}

/** Where a server may run. */
export interface Room {
  readonly gpu: ServingGpu;
  /** Nodes that may share one model: those of one InfiniBand domain. 1: none may. */
  readonly nodes: number;
}

/** Fewest tokens of a request that a model is served with when nobody says how many. */
export const leastContextTokens = 8192;

/** Without a word `contextTokens` is a multiple of this. */
const contextStep = 1024;

const bytesPerNumber = 2;

/** Bytes that are kept of one token in one GPU. Heads are divided, and beyond their number copied; a vector each GPU keeps whole. */
export function bytesPerToken({ layers, kept }: ModelFigures, { tensor, pipeline }: Layout): number {
  const perLayer = "heads" in kept ? 2 * Math.ceil(kept.heads / tensor) * kept.headSize : kept.vectorSize;
  return Math.ceil(layers / pipeline) * perLayer * bytesPerNumber;
}

/** Bytes of one GPU that are left for tokens. Memory counts as the vendor names it, which is less than a GPU has. */
export function bytesForTokens(
  { weightGB }: ModelFigures,
  { memoryGB, engine }: ServingGpu,
  { tensor, pipeline }: Layout,
): number {
  const { memoryShare, overheadGB } = engines[engine];
  return (memoryGB * memoryShare - overheadGB - weightGB / (tensor * pipeline)) * 1e9;
}

/** Every way to spread a model over the GPUs of a room, those with the fewest GPUs first. */
export function layouts({ attentionHeads, layers }: ModelFigures, { gpu, nodes }: Room): readonly Layout[] {
  const within = [1, 2, 4, 8, 16].filter((it) => it <= gpu.together && attentionHeads % it === 0);
  const whole = within.at(-1);
  // Nodes are shared whole: a part of one beside another model's would halve what each gets of the fabric.
  const across = whole !== gpu.together ? [] : Array.from({ length: nodes }, (_, at) => at + 1).slice(1);
  return [
    ...within.map((tensor) => ({ tensor, pipeline: 1 })),
    ...across.filter((it) => it <= layers).map((pipeline) => ({ tensor: gpu.together, pipeline })),
  ];
}

/** How a model fits into a layout, whether or not it does. */
export function fitOf(model: ModelFigures, gpu: ServingGpu, layout: Layout, contextTokens?: number): Fit {
  const tokens = Math.floor(bytesForTokens(model, gpu, layout) / bytesPerToken(model, layout));
  const most = Math.min(model.contextTokens, Math.floor(tokens / contextStep) * contextStep);
  return { ...layout, gpus: layout.tensor * layout.pipeline, tokens, contextTokens: contextTokens ?? most };
}

/** Whether one request of full length fits: an engine does not start otherwise, or fails later. */
export function fits(model: ModelFigures, { tokens, contextTokens }: Fit, asked?: number): boolean {
  return tokens >= contextTokens && contextTokens >= Math.min(asked ?? leastContextTokens, model.contextTokens);
}
