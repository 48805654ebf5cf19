import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";

export const roleNoCustomWildcard: ResourceRule = {
  id: 160,
  name: "role-no-custom-wildcard",
  area: "identity",
  kind: "resource",
  types: ["azure-native:authorization:RoleDefinition"],
  title: "A role that the program defines names its actions, and none by which its holder could grant more.",
  why: "A star in a role is Owner under another name, and no list of owners shows it.",
  remedy: "List the actions that are needed, without * alone and without writes of Microsoft.Authorization.",
  severity: "critical",
  levels: levels.always,
  source: "CKV_AZURE_39; AZU-0030, 0052",
  check: ({ inputs }) =>
    ["actions", "dataActions"].flatMap((list) =>
      expectAt(
        inputs,
        `permissions[].${list}[]`,
        (it) => !isText(it) || !isBroad(it),
        "be neither * nor a write of Microsoft.Authorization",
      ),
    ),
};

/** Actions by which their holder gets more than the role says. */
const granting = ["write", "delete"].map((it) => `microsoft.authorization/roleassignments/${it}`);

/** Whether an action is one of Microsoft.Authorization that is no read, or stands by its stars for one that grants. */
function isBroad(action: string): boolean {
  const given = action.toLowerCase();
  const pattern = new RegExp(
    `^${given
      .split("*")
      .map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );
  return (
    (given.startsWith("microsoft.authorization/") && !given.endsWith("/read")) ||
    given === "*/action" ||
    granting.some((it) => pattern.test(it))
  );
}
