import { isList } from "../../../core/property-value";
import { isText } from "../../engine/expect";
import type { Setting } from "../../engine/setting";

/** Registries that images may come from, each with as much of a path as must fit. @default `null`, any that is named */
export const allowedRegistries: Setting<readonly string[] | null> = {
  name: "allowedRegistries",
  schema: {
    type: "array",
    items: { type: "string", minLength: 1 },
    description: "Registries that images may come from, such as mcr.microsoft.com or docker.io/vllm.",
  },
  default: null,
  accepts: (given): given is readonly string[] => isList(given) && given.every((it) => isText(it) && it !== ""),
};

/** Whether an image must have a digest. @default `false`, a tag is enough */
export const imageDigests: Setting<boolean> = {
  name: "imageDigests",
  schema: { type: "boolean", description: "Whether every image must have a digest." },
  default: false,
  accepts: (given) => typeof given === "boolean",
};

interface ImageParts {
  /** Host and path. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** The parts of an image that names its registry; `undefined` for any other text. */
export function imageParts(image: string): ImageParts | undefined {
  const [, host, path, tag, digest] =
    /^([a-z0-9.-]+(?::\d+)?)\/([a-z0-9._/-]+)(?::([\w.-]+))?(?:@(sha256:[a-f0-9]{64}))?$/.exec(image) ?? [];
  if (host === undefined || path === undefined || !/[.:]|^localhost$/.test(host)) return undefined;
  return { name: `${host}/${path}`, tag, digest };
}

/** Whether an image lies below one of the registries: whole segments, so that a host that only looks alike does not fit. */
export function isFrom(image: string, registries: readonly string[]): boolean {
  const name = imageParts(image)?.name ?? "";
  return registries.some((it) => name.startsWith(it.endsWith("/") ? it : `${it}/`));
}

/** Whether an image stays what it is. */
export function isPinned(image: string, digests: boolean): boolean {
  if (/@sha256:[a-f0-9]{64}$/.test(image)) return true;
  const tag = /:([\w.-]+)$/.exec(image)?.[1];
  return !digests && tag !== undefined && tag !== "latest";
}
