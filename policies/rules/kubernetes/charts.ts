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
      "Charts and repositories of charts that may be used, such as oci://registry.k8s.io or https://helm.ngc.nvidia.com/nvidia.",
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
