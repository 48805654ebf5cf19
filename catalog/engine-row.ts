import type { ImageVersion } from "./versions";

/**
 * What tells whether there are enough servers: requests that wait and the part of the room for tokens that is taken. Of an engine that
 * reports neither it is the seconds that requests took from their arrival to their end, all together since the start.
 */
export type LoadMetrics = { readonly waiting: string; readonly cacheUse: string } | { readonly requestSeconds: string };

/** What the picker is told of metrics that it does not know by itself. */
export type PickerMetrics = Readonly<Record<"queuedRequestsSpec" | "runningRequestsSpec" | "kvUsageSpec", string>>;

/** A program that serves a language model with OpenAI's API: what has to be known of it to start it, to reach it and to watch it. */
export interface EngineRow {
  /** Its name, as people write it. */
  readonly title: string;
  /** Its image, for GPUs of NVIDIA; without a digest where none is known of its list of platforms. */
  readonly image: Pick<ImageVersion, "image" | "version"> & Partial<Pick<ImageVersion, "digest">>;
  /** What the image is started with. Null: its own entry point takes the arguments. */
  readonly command: readonly string[] | null;
  /** Port of its API, its health and its metrics. */
  readonly port: number;
  readonly paths: { readonly health: string; readonly metrics: string };
  /** Part of the memory of a GPU that it is told to take for weights and tokens. */
  readonly memoryShare: number;
  /** What it takes of that for itself, in GB. An assumption: its own log tells the figure of a model once it runs. */
  readonly overheadGB: number;
  /** Requests that one server works on at the same time; the rest waits. */
  readonly requestsAtOnce: number;
  /** A user that is not root, and its home. */
  readonly user: { readonly uid: number; readonly name: string; readonly home: string };
  /** Folder that it writes to: what it compiles and what it downloads. */
  readonly cache: string;
  /** Variables that it is started with. */
  readonly env: Readonly<Record<string, string>>;
  /** The oldest GPUs that it runs on, that compute with BF16, and that compute with FP8. */
  readonly capability: { readonly least: number; readonly bf16: number; readonly fp8: number };
  /** What it says of its load, and the label that names the model there. */
  readonly metrics: LoadMetrics & { readonly modelLabel: string };
  /** How the picker knows which servers are busy: by metrics, or by counting the requests that it has sent to each. */
  readonly picker: "known metrics" | PickerMetrics | "own count";
  /** Why several nodes cannot share a model with it: what comes after "since". Null: they can. */
  readonly aloneBecause: string | null;
  /** Whether its image reads weights in Blob. */
  readonly readsBlob: boolean;
}
