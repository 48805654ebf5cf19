import { z } from "zod";
import { isTimeZone } from "../../../catalog/off-hours";
import { engines } from "../../../catalog/engines";
import { modelFigures, models } from "../../../catalog/models";
import { keysOf } from "../../../core/records";
import { isUuid } from "../../../core/names";
import { mostPerMinute } from "./rate-limit";
import { leastCacheMiB } from "./response-cache";

/** Name of a model in its team: part of its address, and of the names of all that belongs to it. */
export const modelName = z
  .string()
  .regex(
    /^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/,
    "must be 1 to 20 lowercase letters, digits or hyphens, start with a letter and not end with a hyphen",
  );

const objectName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "must be the name of an object in Kubernetes, for example my-keys");

/** What is served: a model of the catalogue by its name, or the figures of another one. */
const servedModel = z.union([z.enum(keysOf(models)), modelFigures]);

/** Where the weights are. */
const weights = z.union([
  z.strictObject({
    /** Folder in the team's container, with the files of the model as Hugging Face has them, the weights as safetensors. */
    blob: z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/,
        "must be a folder, for example models/mine",
      ),
  }),
  z.strictObject({
    /** Name on Hugging Face. The pods download it from the internet each time that they start, which needs `egress: https`. */
    huggingFace: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9][A-Za-z0-9._-]*$/, "must be owner/name on Hugging Face"),
    /**
     * Secret of the team (`secrets`) with a token of Hugging Face, for a model that somebody has to accept terms for. Default: none, and
     * for a gated model of the catalogue the Secret `hugging-face` of Kubernetes, which the team makes.
     */
    tokenSecret: z.string().exactOptional(),
  }),
]);

function imageWithDigest(program: string): z.ZodString {
  return z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9._/:-]*@sha256:[0-9a-f]{64}$/,
      `must be an image of ${program} with its digest, name@sha256:...`,
    );
}

const image = imageWithDigest("the engine");

const timeOfWeek = z
  .string()
  .regex(
    /^[0-9*,/-]+( [0-9*,/-]+){4}$/,
    "must be five fields of cron, in digits: minute, hour, day, month and day of the week",
  );

/** A model that a team serves behind the gateway of the cluster. */
export const modelServiceShape = z.strictObject({
  /** The model: a name of the catalogue, or the figures of another one, which then has `weights`, too. */
  model: servedModel,
  /**
   * Program that serves it. `sglang` and `triton` download weights from Hugging Face, and have no `prefill`. `triton`, NVIDIA Triton Inference
   * Server with its vLLM backend, stays within a node.
   */
  engine: z.enum(keysOf(engines)).default("vllm"),
  /**
   * Where its weights are: `{ blob }` or `{ huggingFace }`. Default for a model of the catalogue: the folder `models/<its name on Hugging
   * Face>` of the team's container where the environment has a Blob store, else Hugging Face.
   */
  weights: weights.exactOptional(),
  /** Fewest servers that run, each with all GPUs of a replica. 0 only with `schedule`, which alone can start the first, or parked. */
  minReplicas: z.int().min(0).max(1000).default(1),
  /**
   * Most servers, where KEDA can scale them by what waits. 0 with `minReplicas: 0` parks the model: all but its servers is there. Default:
   * `minReplicas`, and at least 1.
   */
  maxReplicas: z.int().min(0).max(1000).exactOptional(),
  /**
   * GPUs of one server: 1, 2, 4 or 8 within a node, or whole nodes that share the model's layers. Default: the fewest that hold the model
   * and `contextTokens`.
   */
  gpusPerReplica: z.int().min(1).max(1024).exactOptional(),
  /**
   * Most tokens of a request and its answer together. Default: the model's own most, or what fits beside the weights, at least 8,192.
   */
  contextTokens: z.int().min(1).max(100_000_000).exactOptional(),
  /** Image of the engine with its digest. Default: that of the catalogue. */
  image: image.exactOptional(),
  /**
   * Servers that read prompts, and nothing else, so that a long one holds up no answer (prefill/decode disaggregation). `minReplicas` and
   * `maxReplicas` then count those that write the answers. What was read goes from one to the other over InfiniBand where the pool has it,
   * else over TCP. A server of either kind is one node or a part of one. Default: each server does both, as a canary always does.
   */
  prefill: z
    .strictObject({
      /** How many there are, whatever the load; none while the model is parked, or off by its schedule. */
      replicas: z.int().min(1).max(1000),
      /**
       * GPUs of one of them: 1, 2, 4 or 8 of a node, at most those of a server that writes. Default: the fewest that hold the model.
       */
      gpusPerReplica: z.int().min(1).max(1024).exactOptional(),
      /** Image of llm-d's routing proxy with its digest, before each server that writes. Default: that of the catalogue, by its tag. */
      proxyImage: imageWithDigest("llm-d's routing proxy").exactOptional(),
    })
    .exactOptional(),
  /**
   * Answers that are given again: a request with `"temperature": 0` to `/v1/chat/completions` or `/v1/completions` that asks the very same as
   * one before, byte by byte, gets its answer without a GPU, streamed or not. Each server has its own cache (Varnish, in its pod), which
   * goes with it. All who may ask the model share it: from how soon an answer comes, and from its header `x-response-cache`, they learn
   * that somebody has asked the same. An answer is written to its end though its client has gone. Default: none.
   */
  responseCache: z
    .strictObject({
      /**
       * Room for answers in the memory of each server's pod, in MiB; those go first that nobody has asked for longest. With a quarter more, 1 GiB and a CPU it is taken
       * from what the server has.
       */
      memoryMiB: z.int().min(leastCacheMiB).max(1_000_000).default(1024),
      /** Minutes for which an answer is given again, from when it began. */
      minutes: z.int().min(1).max(10_080).default(60),
      /** Image of Varnish with its digest, and with `bodyaccess` of varnish-modules in it. Default: that of the catalogue. */
      image: imageWithDigest("Varnish").exactOptional(),
    })
    .exactOptional(),
  /**
   * Who may ask it. `{ apiKeys }`: whoever has a key from this Secret, which the team makes: each of its entries is a key. `{ entra }`:
   * whoever has a token of Entra ID. Default: the Secret `<model>-api-keys`. Until it is there nobody gets in.
   */
  access: z
    .union([
      z.strictObject({
        /** Name of the Secret in the team's namespace. */
        apiKeys: objectName,
      }),
      z.strictObject({
        /** Tokens of Entra ID, checked by the gateway. */
        entra: z.strictObject({
          /** Tenant that they are of. */
          tenantId: z.string().refine(isUuid, "must be the ID (a UUID) of a tenant of Entra ID"),
          /** Application that they are for: its ID or its URI (`aud`). */
          audience: z.string().min(1).max(256),
        }),
      }),
    ])
    .exactOptional(),
  /**
   * What the gateway lets through, of all who may ask together; the rest it answers with 429 and the seconds until there is more
   * (`x-ratelimit-reset`). One of the two. Each pod of the gateway counts an equal part: a client that keeps one connection reaches one
   * pod, and so has that part. What was not used in a minute is not kept. Default: no limit.
   */
  limits: z
    .strictObject({
      /** Requests in a minute, of which all may come at once. Those that were not let in do not count. */
      requestsPerMinute: z.int().min(1).max(mostPerMinute).exactOptional(),
      /**
       * Tokens in a minute, of requests and answers. They count once an answer is complete: none is cut off, a minute may end above the
       * limit, and an answer that a client breaks off does not count. At least one request of `contextTokens` for each pod of the gateway,
       * which reads each request whole, and refuses those above 2 MiB.
       */
      tokensPerMinute: z.int().min(1).max(mostPerMinute).exactOptional(),
    })
    .exactOptional(),
  /** Hours with more servers, by KEDA's clock: with `minReplicas: 0` the model is off outside of them, and costs no GPU. */
  schedule: z
    .strictObject({
      /** Time zone that both times are in, for example `Europe/Berlin`: summer time is its own. */
      timezone: z.string().refine(isTimeZone, "must be the name of a time zone, for example Europe/Berlin"),
      /** When they begin, as cron says it, for example `0 7 * * 1-5`. */
      start: timeOfWeek,
      /** When they end, for example `0 20 * * 1-5`. */
      end: timeOfWeek,
      /** Servers in these hours. */
      replicas: z.int().min(1).max(1000),
    })
    .exactOptional(),
  /** A second model or image that gets a part of the requests, on one server of its own, before it takes the place of the first. */
  canary: z
    .strictObject({
      /** Percent of the requests that it gets. */
      weight: z.int().min(1).max(99),
      /** Its model. Default: the same. */
      model: servedModel.exactOptional(),
      /** Its weights. Default: as above for its model. */
      weights: weights.exactOptional(),
      /** Its image of the engine with its digest. Default: the same. */
      image: image.exactOptional(),
    })
    .refine((it) => it.model !== undefined || it.weights !== undefined || it.image !== undefined, {
      message: "must have a model, weights or an image that sets it apart",
    })
    .exactOptional(),
});
export type ModelServiceShape = z.input<typeof modelServiceShape>;
export type ModelServiceChoices = z.output<typeof modelServiceShape>;
