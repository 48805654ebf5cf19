import type { ScalarTag, Tags } from "yaml";

/** `0o444`, which the parser of Go reads beside the `0444` of YAML 1.1. */
const newOctal: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^[-+]?0o[0-7]+$/,
  resolve: (digits) => parseInt(digits.replace("0o", ""), 8),
};

/**
 * How kubectl and Helm read YAML, for the parser: they know YAML 1.1, so `yes` is true, a file mode of 0444 is octal, and `<<` takes in
 * what an anchor holds. Dates and `22:22` are texts to them.
 * Source: kubernetes-sigs/yaml:goyaml.v2/resolve.go
 */
export const kubernetesYaml = {
  schema: "yaml-1.1",
  merge: true,
  customTags: (tags: Tags): Tags => [
    newOctal,
    ...tags.filter((tag) => typeof tag === "string" || (tag.format !== "TIME" && !tag.tag.endsWith(":timestamp"))),
  ],
} as const;
