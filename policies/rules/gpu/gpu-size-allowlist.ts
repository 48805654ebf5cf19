import { isText, unjudged, violation } from "../../engine/expect";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { sizeAt, sizePath, sizePaths } from "../../engine/sizes";
import { settingOf, type Setting } from "../../engine/setting";
import { isUnknown } from "../../../core/property-marks";
import { locate } from "../../../core/property-tree";
import { isList } from "../../../core/property-value";

/** Sizes that an environment may use. @default `null`: every size that the catalogue has or that tags declare */
const allowedSizes: Setting<readonly string[] | null> = {
  name: "allowedSizes",
  schema: {
    type: "array",
    items: { type: "string" },
    description: "Exact names of the VM sizes that may be used; without it all that the catalogue has.",
  },
  default: null,
  accepts: (given): given is readonly string[] => isList(given) && given.every(isText),
};

export const gpuSizeAllowlist: ResourceRule = {
  id: 2,
  name: "gpu-size-allowlist",
  area: "gpu",
  kind: "resource",
  types: [...sizePaths.keys()],
  title: "Every VM size is one that this environment may use.",
  why: "One wrong letter of a size can cost a hundred dollars an hour, and a size nobody planned for has no quota, price or rule.",
  remedy: "Choose a size of the catalogue (docs/sizes.md), or name yours in allowedSizes of this rule.",
  severity: "high",
  levels: levels.always,
  source: "Azure Policy cccc23c7, which sees single VMs only",
  settings: [allowedSizes],
  check: ({ type, inputs }, { settings }) => {
    const allowed = settingOf(allowedSizes, settings);
    return locate(inputs, sizePath(type)).flatMap(({ path, value }) => judgeSize(inputs, path, value, allowed));
  },
};

function judgeSize(
  inputs: unknown,
  path: string,
  name: unknown,
  allowed: readonly string[] | null,
): readonly Outcome[] {
  if (isUnknown(name)) return [unjudged(path)];
  // A resource without a size is refused by Azure, and no size is chosen.
  if (!isText(name)) return [];
  if (allowed === null) {
    return sizeAt(inputs, path) === undefined
      ? [violation(path, name, "be a size of the catalogue, or one of allowedSizes")]
      : [];
  }
  const fits = allowed.some((it) => it.toLowerCase() === name.toLowerCase());
  return fits ? [] : [violation(path, name, `be one of allowedSizes: ${allowed.join(", ")}`)];
}
