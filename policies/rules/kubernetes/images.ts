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

/** An image, by its name, that needs no digest. */
interface Undigested {
  readonly name: RegExp;
  readonly reason: string;
}

/**
 * Images of the platform that no digest could be found for. A tag they need all the same.
 * Source of the last: kubernetes-sigs/azurelustre-csi-driver:deploy/csi-azurelustre-node-jammy.yaml and -noble.yaml (v0.4.0)
 */
const undigested: readonly Undigested[] = [
  {
    name: /^mcr\.microsoft\.com\/aznhc\/aznhc-nv$/,
    reason: "Azure's health checks: nobody has published a digest that could be checked",
  },
  {
    name: /^nvcr\.io\/nvidia\/cloud-native\/dcgm$/,
    reason: "NVIDIA's diagnostics: nobody has published a digest that could be checked",
  },
  {
    name: /^mcr\.microsoft\.com\/oss\/(v2\/)?kubernetes-csi\/(azurelustre-csi|csi-node-driver-registrar|livenessprobe)$/,
    reason: "the Lustre driver: its manifests name a tag alone",
  },
];

/** Whether an image may go without a digest. */
export function needsNoDigest(image: string): boolean {
  const name = imageParts(image)?.name ?? "";
  return undigested.some((it) => it.name.test(name));
}

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

/** Whether an image can be no other one. */
export function hasDigest(image: string): boolean {
  return /@sha256:[a-f0-9]{64}$/.test(image);
}

/** Whether an image has a tag that people do not move as a rule. */
export function hasLastingTag(image: string): boolean {
  const tag = /:([\w.-]+)$/.exec(image)?.[1];
  return tag !== undefined && tag !== "latest";
}
