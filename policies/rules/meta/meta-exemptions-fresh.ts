import { show } from "../../../core/problems";
import { stackUrnOf } from "../../../core/urn";
import { describeException, exceptionsSetting, freshRule, isExpired } from "../../engine/exceptions";
import { levels, type StackRule } from "../../engine/rule";
import { settingOf } from "../../engine/setting";

export const metaExemptionsFresh: StackRule = {
  id: 225,
  name: freshRule,
  area: "meta",
  kind: "stack",
  types: ["azure-native:*", "kubernetes:*"],
  title: "No exception from a rule is older than its last day.",
  why: "What was to be for a while stays for ever where nobody asks again, and the finding that it hid is back from that day on.",
  remedy: "Repair the resource and delete the exception, or let its owner decide on a new day.",
  severity: "high",
  levels: levels.always,
  source: "ours; cdklabs/cdk-nag (acknowledgements)",
  settings: [exceptionsSetting],
  check: (resources, { settings, today }) => {
    const [first] = resources;
    if (first === undefined) return [];
    return settingOf(exceptionsSetting, settings).flatMap((it, at) =>
      isExpired(it, today)
        ? [
            {
              urn: stackUrnOf(first.urn),
              path: `exceptions[${at}].expires`,
              is: `${show(it.expires)} (${describeException(it)}, owner ${show(it.owner)})`,
              must: `not be before ${today}`,
            },
          ]
        : [],
    );
  },
};
