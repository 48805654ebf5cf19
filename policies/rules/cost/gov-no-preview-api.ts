import { violation } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";

export const govNoPreviewApi: ResourceRule = {
  id: 175,
  name: "gov-no-preview-api",
  area: "cost",
  kind: "resource",
  types: ["azure-native:*"],
  title: "No resource is made by a preview version of an API.",
  why: "Azure changes and withdraws such versions within months, and what they made may not be read any more.",
  remedy: "Use the type without a version, or with one that does not end with preview.",
  severity: "medium",
  levels: levels.mandatoryInProd,
  source: "pulumi/compliance-policies",
  check: ({ type }) =>
    /[/_]v\d\w*preview:/i.test(type) ? [violation("type", type, "have a version that is no preview")] : [],
};
