import { rows } from "../../../azure/rows";
import { partsOf } from "../../../core/urn";
import { environmentOf } from "../../engine/environment";
import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { isRecord } from "../../../core/property-value";

const requiredTags = ["owner", "costCenter", "environment", "project", "managedBy"];

const taggable = [...rows].flatMap(([token, row]) => (row.taggable ? [token] : []));

/** Tags that must be there besides, and what each must match. @default none */
const tagPatterns: Setting<Readonly<Record<string, string>>> = {
  name: "tagPatterns",
  schema: {
    type: "object",
    additionalProperties: { type: "string", format: "regex" },
    description:
      "Tags that must be there, such as dataClass, each with a regular expression that all of its value matches.",
  },
  default: {},
  accepts: (given): given is Readonly<Record<string, string>> =>
    isRecord(given) && Object.values(given).every((it) => isText(it) && patternOf(it) !== undefined),
};

function patternOf(text: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${text})$`);
  } catch {
    return undefined;
  }
}

export const finRequiredTags: ResourceRule = {
  id: 167,
  name: "fin-required-tags",
  area: "cost",
  kind: "resource",
  types: taggable,
  title: "Everything that costs money says who owns it, who pays and which environment it belongs to.",
  why: "Otherwise nobody can be asked whether it is still needed, and its cost is charged to nobody.",
  remedy: `Set the tags ${requiredTags.join(", ")}, and those of tagPatterns.`,
  severity: "medium",
  levels: levels.always,
  source: "PSRule Azure.Resource.RequiredTags; Azure Policy 871b6d14",
  settings: [tagPatterns],
  check: ({ urn, inputs }, { environment, settings }) => [
    ...requiredTags.flatMap((tag) =>
      tag === "environment"
        ? expectAt(
            inputs,
            "tags.environment",
            (it) => isText(it) && (it === partsOf(urn).stack || environmentOf(it) === environment),
            `name the stack or the ${environment} environment`,
          )
        : expectAt(inputs, `tags.${tag}`, (it) => isText(it) && it.trim() !== "", "be set"),
    ),
    ...Object.entries(settingOf(tagPatterns, settings)).flatMap(([tag, pattern]) =>
      expectAt(
        inputs,
        `tags["${tag}"]`,
        (it) => isText(it) && patternOf(pattern)?.test(it) === true,
        `match ${pattern}, as tagPatterns has it`,
      ),
    ),
  ],
};
