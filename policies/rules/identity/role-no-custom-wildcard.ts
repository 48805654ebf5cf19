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

/** Every action, every action of a kind (`*\/write`), or one that grants. */
function isBroad(action: string): boolean {
  return (
    /^\*(\/(\*|write|delete|action))?$/.test(action) ||
    /^microsoft\.authorization\/(\*$|(\*|roleassignments|roledefinitions|elevateaccess|policy\w+|locks)\/(\*|write|action|delete))/i.test(
      action,
    )
  );
}
