import { isList } from "../../../core/property-value";
import { isText, type Test } from "../../engine/expect";
import type { Setting } from "../../engine/setting";

/** Where charts may come from. @default `null`, any encrypted source */
export const allowedCharts: Setting<readonly string[] | null> = {
  name: "allowedCharts",
  schema: {
    type: "array",
    items: { type: "string", minLength: 1 },
    description:
      "Charts and repositories of charts that may be used, such as oci://registry.k8s.io, https://helm.ngc.nvidia.com/nvidia/gpu-operator or the same with :v26.3.1 behind it for one version.",
  },
  default: null,
  accepts: (given): given is readonly string[] => isList(given) && given.every((it) => isText(it) && it !== ""),
};

/** Whether a chart lies in the repository itself, whose history says which version it is. */
export function isInRepository(source: unknown): boolean {
  return isText(source) && source.startsWith("./");
}

/** Whether a chart comes over an encrypted connection, or from the repository itself. */
export function isEncrypted(source: string): boolean {
  return /^(oci|https):\/\/|^\.\//.test(source);
}

/** Passes one version, and no range of them. */
export const isVersion: Test = (value) => isText(value) && /^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$/.test(value);

/** Whether a chart is of a list: by its repository, by its name in it, or by both and its version. */
export function isListed(chart: string, version: unknown, listed: readonly string[]): boolean {
  return listed.some((it) => {
    const [, place = it, pinned] = /^(.+):(v?\d+\.\d+\.\d+[^/]*)$/.exec(it) ?? [];
    const below = chart === place || chart.startsWith(place.endsWith("/") ? place : `${place}/`);
    return below && (pinned === undefined || pinned === version);
  });
}
