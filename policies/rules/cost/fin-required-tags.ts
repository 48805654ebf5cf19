import { rows } from "../../../azure/rows";
import { partsOf } from "../../../core/urn";
import { environmentOf } from "../../engine/environment";
import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";

const requiredTags = ["owner", "costCenter", "environment", "project", "managedBy"];

const taggable = [...rows].flatMap(([token, row]) => (row.taggable ? [token] : []));

export const finRequiredTags: ResourceRule = {
  id: 167,
  name: "fin-required-tags",
  area: "cost",
  kind: "resource",
  types: taggable,
  title: "Everything that costs money says who owns it, who pays and which environment it belongs to.",
  why: "Otherwise nobody can be asked whether it is still needed, and its cost is charged to nobody.",
  remedy: `Set the tags ${requiredTags.join(", ")}.`,
  severity: "medium",
  levels: levels.always,
  source: "PSRule Azure.Resource.RequiredTags; Azure Policy 871b6d14",
  check: ({ urn, inputs }, { environment }) =>
    requiredTags.flatMap((tag) =>
      tag === "environment"
        ? expectAt(
            inputs,
            "tags.environment",
            (it) => isText(it) && (it === partsOf(urn).stack || environmentOf(it) === environment),
            `name the stack or the ${environment} environment`,
          )
        : expectAt(inputs, `tags.${tag}`, (it) => isText(it) && it.trim() !== "", "be set"),
    ),
};
