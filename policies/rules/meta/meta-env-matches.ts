import { unjudged, violation } from "../../engine/expect";
import { read, text } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, type StackOutcome, type StackRule } from "../../engine/rule";
import { kindTag } from "../../engine/environment";
import { partsOf } from "../../../core/urn";
import { show } from "../../../core/problems";

export const metaEnvMatches: StackRule = {
  id: 220,
  name: "meta-env-matches",
  area: "meta",
  kind: "stack",
  types: ["azure-native:*"],
  title:
    "All resources of a stack say the same kind of environment, and it is the one that the name of the stack speaks of.",
  why: "Rules for dev would judge production, or the other way round.",
  remedy:
    "Give the stack a name that fits (dev, staging, prod, with a suffix) or set environment.kind, which writes the tag environmentKind.",
  severity: "critical",
  levels: levels.always,
  source: "ours",
  check: (resources) => {
    const [first] = resources;
    if (first === undefined) return [];
    const { stack } = partsOf(first.urn);
    const spoken = /^(dev|staging|prod)(-|$)/.exec(stack)?.[1];
    const tags = resources
      .map(({ urn, inputs }) => ({ urn, kind: text(inputs, kindTag) }))
      .filter(({ kind }) => kind !== undefined);
    const wanted = spoken ?? tags[0]?.kind;
    const wrong = tags
      .filter(({ kind }) => kind !== wanted)
      .map(({ urn, kind }): StackOutcome => ({
        urn,
        ...violation(
          kindTag,
          kind,
          `be ${show(wanted ?? "")}, as ${spoken === undefined ? "elsewhere in the stack" : `the name of stack ${stack} says`}`,
        ),
      }));
    const hidden = resources
      .filter(({ inputs }) => isUnknown(read(inputs, "tags")))
      .map(({ urn }): StackOutcome => ({ urn, ...unjudged("tags") }));
    return [...wrong, ...hidden.slice(0, 1)];
  },
};
