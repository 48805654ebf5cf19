import { type EngineName, engines } from "../../../catalog/engines";
import { type ModelFigures, type ModelName, models } from "../../../catalog/models";
import { covers } from "../../../core/host-patterns";
import type { Problems } from "../../../core/problems";
import type { ModelServiceChoices } from "./shape";

/** Where Hugging Face answers. */
const huggingFaceHost = "huggingface.co";

/** A model as a stack file says it, its figures at hand. */
export interface NamedModel {
  readonly figures: ModelFigures;
  /** Null for one that the catalogue does not have. */
  readonly row: (typeof models)[ModelName] | null;
}

/** Where a server gets its weights. */
export type WeightSource =
  | { readonly kind: "blob"; readonly folder: string }
  | {
      readonly kind: "huggingFace";
      readonly repository: string;
      readonly gatedBy: string | null;
      /** Secret of the team with a token. Null: none was named. */
      readonly tokenSecret: string | null;
    };

/** Which ways to weights are open. */
export interface WeightPaths {
  /** Whether the team has a container in a Blob store. */
  readonly blob: boolean;
  /** How far the team's pods reach, or the hosts that they reach. */
  readonly egress: "closed" | "https" | readonly string[];
  /** Secrets of the team. @default none */
  readonly secrets?: readonly string[];
}

/** The figures of what a stack file names or describes. */
export function namedModel(model: ModelServiceChoices["model"]): NamedModel {
  return typeof model === "string" ? { figures: models[model], row: models[model] } : { figures: model, row: null };
}

/** Decides where the weights come from, and notes a problem where they come from nowhere: then the answer is undefined. */
export function weightSource(
  { row }: NamedModel,
  asked: ModelServiceChoices["weights"],
  { blob, egress, secrets = [], engine }: WeightPaths & { readonly engine: EngineName },
  path: string,
  problems: Problems,
): WeightSource | undefined {
  const { title, readsBlob } = engines[engine];
  if (row === null && asked === undefined) {
    problems.require(
      false,
      path,
      "must be given: the model is not of the catalogue, so nobody knows where its weights are",
      {
        remedy: readsBlob
          ? "For example { blob: models/mine }, a folder in the team's container"
          : "For example { huggingFace: owner/name }",
      },
    );
    return undefined;
  }
  const wanted: NonNullable<typeof asked> =
    asked ??
    (blob && readsBlob ? { blob: `models/${row?.huggingFace ?? ""}` } : { huggingFace: row?.huggingFace ?? "" });
  if ("blob" in wanted) {
    problems.require(readsBlob, path, `cannot come from Blob: nothing in the image of ${title} is known to read it`, {
      got: wanted.blob,
      remedy: "Write { huggingFace: owner/name } and egress: https at the team, or remove engine",
    });
    if (!readsBlob) return undefined;
    problems.require(blob, path, "cannot come from Blob: the environment has no Blob store", {
      got: wanted.blob,
      remedy: "Add storage: { blob: {} }, or write { huggingFace: owner/name } and egress: https at the team",
    });
    return blob ? { kind: "blob", folder: wanted.blob } : undefined;
  }
  const open = typeof egress === "string" ? egress === "https" : covers(egress, huggingFaceHost);
  const [why, instead] =
    typeof egress === "string"
      ? ["is closed", "Write egress: https at the team"]
      : [`does not name ${huggingFaceHost}`, `Add it to egress of the team, with the hosts that it sends downloads to`];
  problems.require(open, path, `cannot come from Hugging Face: egress of the team ${why}`, {
    got: wanted.huggingFace,
    remedy: readsBlob ? `${instead}, or add storage: { blob: {} } and put the weights there` : instead,
  });
  const { huggingFace: repository, tokenSecret } = wanted;
  problems.require(
    tokenSecret === undefined || secrets.includes(tokenSecret),
    `${path}.tokenSecret`,
    "must be a secret of the team",
    {
      got: tokenSecret,
      remedy:
        secrets.length === 0 ? "Add it to secrets of the team, or leave it out" : `The team has ${secrets.join(", ")}`,
    },
  );
  const gatedBy = repository === row?.huggingFace ? row.gatedBy : null;
  return open ? { kind: "huggingFace", repository, gatedBy, tokenSecret: tokenSecret ?? null } : undefined;
}
