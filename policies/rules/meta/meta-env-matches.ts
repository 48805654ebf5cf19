import { unjudged, violation } from "../../engine/expect";
import { read, text } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { environments, levels, type Environment, type StackOutcome, type StackRule } from "../../engine/rule";
import { kindTag } from "../../engine/environment";
import { settingOf, type Setting } from "../../engine/setting";
import { partsOf, stackUrnOf } from "../../../core/urn";
import { show } from "../../../core/problems";

/** The kind of environment that a configuration is for. @default `null`, any */
const environmentOfConfiguration: Setting<Environment | null> = {
  name: "environment",
  schema: {
    type: "string",
    enum: [...environments],
    description: "Kind of environment that this configuration is for.",
  },
  default: null,
  accepts: (given): given is Environment => environments.some((it) => it === given),
};

export const metaEnvMatches: StackRule = {
  id: 220,
  name: "meta-env-matches",
  area: "meta",
  kind: "stack",
  types: ["azure-native:*"],
  title:
    "All resources of a stack say the same kind of environment, and it is the one that the name of the stack and the configuration of the rules speak of.",
  why: "Rules for dev would judge production, or the other way round.",
  remedy:
    "Give the stack a name that fits (dev, staging, prod, with a suffix) or set environment.kind, which writes the tag environmentKind, and name the configuration of this kind (--policy-pack-config).",
  severity: "critical",
  levels: levels.always,
  source: "ours",
  settings: [environmentOfConfiguration],
  check: (resources, { settings }) => {
    const [first] = resources;
    if (first === undefined) return [];
    const { stack } = partsOf(first.urn);
    const spoken = /^(dev|staging|prod)(-|$)/.exec(stack)?.[1];
    const tags = resources
      .map(({ urn, inputs }) => ({ urn, kind: text(inputs, kindTag) }))
      .filter(({ kind }) => kind !== undefined);
    const judgedAs = settingOf(environmentOfConfiguration, settings);
    const wanted = judgedAs ?? spoken ?? tags[0]?.kind;
    const because =
      judgedAs !== null
        ? "as the policy configuration says"
        : spoken === undefined
          ? "as elsewhere in the stack"
          : `as the name of stack ${stack} says`;
    const named =
      judgedAs === null || spoken === undefined || spoken === judgedAs
        ? []
        : [
            {
              urn: stackUrnOf(first.urn),
              ...violation("the name of the stack", stack, `be of ${judgedAs}, ${because}`),
            },
          ];
    const wrong = tags
      .filter(({ kind }) => kind !== wanted)
      .map(({ urn, kind }): StackOutcome => ({
        urn,
        ...violation(kindTag, kind, `be ${show(wanted ?? "")}, ${because}`),
      }));
    const hidden = resources
      .filter(({ inputs }) => isUnknown(read(inputs, "tags")))
      .map(({ urn }): StackOutcome => ({ urn, ...unjudged("tags") }));
    return [...named, ...wrong, ...hidden.slice(0, 1)];
  },
};
