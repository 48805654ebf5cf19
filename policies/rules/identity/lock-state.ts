import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { about, isText, unjudged } from "../../engine/expect";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { stateAccount } from "../storage/state-account";

export const lockState: StackRule = {
  id: 163,
  name: "lock-state",
  area: "identity",
  kind: "stack",
  types: [types.storageAccount, types.resourceLock, types.groupLock],
  title: "The account with the state of stacks, or its resource group, has a lock against deletion.",
  why: "The option protect holds back Pulumi alone: whoever deletes the group in the portal deletes the map of everything.",
  remedy: "Register a ManagementLockByScope with level CanNotDelete on the resource group of the account.",
  severity: "high",
  levels: levels.rising,
  source: "ours; https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources",
  check: (resources) => {
    // A lock has no tags, and an account no scope: neither is taken for the other.
    return resources
      .filter(({ inputs }) => read(inputs, "tags.purpose") === stateAccount)
      .flatMap((account) => expectLock(account, resources));
  },
};

function expectLock(account: Subject, locks: readonly Subject[]): readonly StackOutcome[] {
  const over = locks.filter((it) => mayBeOver(it, account));
  if (over.some(({ inputs }) => ["CanNotDelete", "ReadOnly"].some((level) => level === read(inputs, "level"))))
    return [];
  const vague = over.find(({ inputs }) => isUnknown(read(inputs, "level")));
  return vague === undefined
    ? about(account, [{ path: "id", is: "an account with state that no lock keeps", must: "have one" }])
    : about(vague, [unjudged("level")]);
}

/** Whether a lock holds an account: it is on its group or on itself. A scope that Azure has yet to give may be either. */
function mayBeOver({ type, inputs, propertyDependencies }: Subject, account: Subject): boolean {
  const group = read(account.inputs, "resourceGroupName");
  if (sameType(type, types.groupLock)) return maySame(read(inputs, "resourceGroupName"), group);
  const scope = read(inputs, "scope");
  if (isUnknown(scope)) {
    const from = propertyDependencies?.["scope"];
    const groups = account.propertyDependencies?.["resourceGroupName"];
    return (
      from === undefined || from.includes(account.urn) || groups === undefined || groups.some((it) => from.includes(it))
    );
  }
  const [, named, below] = isText(scope) ? (/\/resourceGroups\/([^/]+)(\/.+)?/i.exec(scope) ?? []) : [];
  if (named === undefined) return false;
  if (!maySame(named, group)) return false;
  if (below === undefined) return true;
  const [, locked] = /\/storageAccounts\/([^/]+)$/i.exec(below) ?? [];
  return locked !== undefined && maySame(locked, read(account.inputs, "accountName"));
}

/** Whether two names are one. What is not known yet may be. */
function maySame(one: unknown, other: unknown): boolean {
  const [first, second] = [one, other].map((it) => (isText(it) && !isUnknown(it) ? it.toLowerCase() : undefined));
  return first === undefined || second === undefined || first === second;
}
