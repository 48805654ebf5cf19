import { expect, it } from "vitest";
import { GroupLock } from "../../../components/foundation/group-lock";
import { only, recorded, tree } from "../../recorded";

it("keeps a group and all in it, and can itself be made again", async () => {
  const groupResourceId = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-state";
  const plan = await recorded(() => new GroupLock("state", { groupResourceId, notes: "State." }, { protect: true }));
  expect(tree(plan)).toEqual(["GroupLock state", "ManagementLockByScope state < GroupLock state"]);
  const { inputs, options } = only(plan, "azure-native:authorization:ManagementLockByScope");
  expect(inputs).toEqual({ scope: groupResourceId, lockName: "keep", level: "CanNotDelete", notes: "State." });
  expect(options.protect ?? false).toBe(false);
});
