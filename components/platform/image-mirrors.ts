import { z } from "zod";
import { imagesOfChart } from "../../catalog/chart-images";
import { versions } from "../../catalog/versions";
import { joinPath, type Problems, showKey } from "../../core/problems";
import { text } from "../../core/property-tree";
import { type Props, toProps, without } from "../../core/property-value";
import type { KubernetesObject, KubernetesObjects } from "./add-on";
import { chartAddress, type Fetched, mapImages } from "./fetched";
import type { AddOnPlan } from "./plan-platform";

/** Stands for the environment's own registry, whose host nobody has to write. */
export const ownRegistry = "containerRegistry";

/**
 * Where nodes and Helm find what add-ons fetch, in a network that does not reach the public registries: host of a registry or a chart
 * server, to a place of yours. What lies at `quay.io/jetstack/a` is then fetched from `<place>/jetstack/a`, with the same tag and digest,
 * and a chart of a web server from `oci://<place>/<path>/<chart>`. With one entry each host that an add-on fetches from needs one. A
 * host that maps to itself is left as it is. `containerRegistry` is the registry of the environment's own, for a host that it caches:
 * `quay.io/jetstack/a` is pulled through it from `<registry>/quay.io/jetstack/a`, and nobody copies anything. Charts stay where they are
 * then: whoever runs `up` fetches them, perhaps in the very `up` that makes the registry.
 */
export const imageMirrorsShape = z.record(
  z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$/, "must be the host of a registry, for example nvcr.io"),
  z
    .string()
    .regex(
      /^containerRegistry$|^(?=[^/]*[.:])[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(\/[a-z0-9]([a-z0-9._/-]*[a-z0-9])?)?$/,
      "must be containerRegistry, or the host of a registry, with a path or without, for example myregistry.azurecr.io/nvcr, and not end with a slash",
    ),
);
export type ImageMirrors = Readonly<z.output<typeof imageMirrorsShape>>;

/** A place that fills itself with the images that nodes ask it for. */
export interface PullThrough {
  /** Host of a registry with a folder. */
  readonly pullsThrough: string;
}

/** Mirrors by the host that they stand for: places with copies that somebody made, or that fill themselves. */
export type Mirrors = Readonly<Record<string, string | PullThrough>>;

/** A chart or an image that is fetched as a cluster is made. */
export interface Fetch {
  /** Its public place, with its version. */
  readonly from: string;
  /** Where the cluster looks for it: the same without a mirror. */
  readonly to: string;
  /** There where that place fetches it by itself: nobody has to copy it. */
  readonly pulledThrough?: true;
}

/** What is fetched, each once, with where the cluster looks for it. */
export function fetchesOf(fetched: readonly Fetched[], mirrors: Mirrors): Fetch[] {
  const names = new Set(fetched.flatMap((it) => it.names));
  return [...names].sort().map((from) => {
    const to = mirrored(from, mirrors);
    const filled = to !== from && typeof mirrors[hostOf(from)] === "object";
    return { from, to, ...(filled && { pulledThrough: true }) };
  });
}

/** Hosts of single images: what does not come with an add-on, `npm run verify` pulls for its checks. */
const hostsOfImages: ReadonlySet<string> = new Set(
  Object.values(versions).flatMap((it) => ("image" in it ? [hostOf(it.image)] : [])),
);

/**
 * Notes what would go on being fetched from outside beside a mirror: a host that has none, and a chart whose images nobody knows. And a
 * mirror of a host that nobody fetches from.
 */
export function checkMirrors(fetched: readonly Fetched[], mirrors: Mirrors, problems: Problems): void {
  if (Object.keys(mirrors).length === 0) return;
  const ours = Object.values(mirrors).map((it) => hostOf(placeOf(it)));
  for (const { key, names, chartIsKnown } of fetched) {
    problems.require(
      chartIsKnown,
      key,
      "cannot be had from a mirror: the catalogue does not know the images of its chart",
      {
        remedy: "Leave it out, or imageMirrors",
      },
    );
    for (const host of new Set(names.map(hostOf).filter((it) => !(it in mirrors) && !ours.includes(it)))) {
      problems.require(false, key, `must have a mirror of ${host} in imageMirrors, from where it fetches`, {
        // Without digests, which look like keys and would not be shown.
        got: names.flatMap((it) => (hostOf(it) === host ? [it.replace(/@.*/, "")] : [])).join(", "),
        remedy: `Write the place of your copies, or ${host}: ${host} where the cluster reaches it`,
      });
    }
  }
  const hosts = [...new Set(fetched.flatMap(({ names }) => names.map(hostOf)))].sort();
  for (const host of Object.keys(mirrors).filter((it) => !hosts.includes(it) && !hostsOfImages.has(it))) {
    problems.require(
      false,
      joinPath("imageMirrors", showKey(host)),
      "must be a host that an add-on of this cluster fetches from",
      {
        remedy: `Remove it. Hosts: ${hosts.join(", ")}`,
      },
    );
  }
}

/** A plan that finds its chart and all images where the mirrors have them. */
export function fromMirrors(plan: AddOnPlan, mirrors: Mirrors): AddOnPlan {
  return {
    ...plan,
    release: plan.release === null ? null : releaseFrom(plan.release, (name) => mirrored(name, mirrors)),
    objects: objectsFrom(plan.objects, mirrors),
  };
}

function releaseFrom(
  release: NonNullable<AddOnPlan["release"]>,
  change: (name: string) => string,
): NonNullable<AddOnPlan["release"]> {
  const address = chartAddress(release);
  const images = imagesOfChart(text(release, "chart"), text(release, "version")) ?? [];
  const moved = images.filter(({ image }) => change(image) !== image);
  const values = moved.reduce((all, { image, at, holds }) => {
    const name = change(image);
    const shown = {
      name,
      folder: name.slice(0, name.lastIndexOf("/")),
      registry: name.slice(0, -image.slice(image.indexOf("/")).length),
    };
    return withValue(all, at.split("."), shown[holds]);
  }, toProps(release.values));
  if (change(address) === address) return { ...release, values };
  return { ...without(toProps(release), "repositoryOpts"), chart: change(address), values };
}

function objectsFrom(objects: KubernetesObjects, mirrors: Mirrors): KubernetesObjects {
  return Object.fromEntries(Object.entries(objects).map(([name, it]) => [name, objectFromMirrors(it, mirrors)]));
}

/** An object whose images are fetched from where the mirrors have them. */
export function objectFromMirrors(object: KubernetesObject, mirrors: Mirrors): KubernetesObject {
  return { ...object, ...mapImages(toProps(object), (name) => mirrored(name, mirrors)) };
}

function withValue(props: Props, [key = "", ...rest]: readonly string[], value: string): Props {
  return { ...props, [key]: rest.length === 0 ? value : withValue(toProps(props[key]), rest, value) };
}

/** `oci://mirror/path` of `oci://host/path` and `https://host/path`, `mirror/path` of `host/path`. */
function mirrored(name: string, mirrors: Mirrors): string {
  const host = hostOf(name);
  const mirror = mirrors[host];
  const isChart = name.includes("://");
  if (mirror === undefined || mirror === host || (isChart && typeof mirror === "object")) return name;
  const place = placeOf(mirror);
  const path = withoutScheme(name).slice(host.length);
  return isChart ? `oci://${place}${path}` : `${place}${path}`;
}

function placeOf(mirror: string | PullThrough): string {
  return typeof mirror === "string" ? mirror : mirror.pullsThrough;
}

function hostOf(name: string): string {
  return withoutScheme(name).split("/")[0] ?? "";
}

function withoutScheme(name: string): string {
  return name.replace(/^[a-z]+:\/\//, "");
}
