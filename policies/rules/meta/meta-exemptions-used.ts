import { show } from "../../../core/problems";
import { stackUrnOf } from "../../../core/urn";
import { describeException, usedRule } from "../../engine/exceptions";
import { levels, type StackRule } from "../../engine/rule";

export const metaExemptionsUsed: StackRule = {
  id: 290,
  name: usedRule,
  area: "meta",
  kind: "stack",
  types: ["azure-native:*", "kubernetes:*"],
  title: "Each exception from a rule hides a finding.",
  why: "One that hides nothing waits for the next resource of that name, which nobody looked at.",
  remedy: "Delete the exception, or write the resource as the finding names it.",
  severity: "low",
  levels: levels.advised,
  source: "ours; cdklabs/cdk-nag (acknowledgements)",
  check: (resources, { unusedExceptions = [] }) => {
    const [first] = resources;
    if (first === undefined) return [];
    return unusedExceptions.map((it) => ({
      urn: stackUrnOf(first.urn),
      path: "exceptions",
      is: `${describeException(it)} (owner ${show(it.owner)}), which hides nothing`,
      must: "hide a finding",
    }));
  },
};
