import { expect, it } from "vitest";
import { refusedAdministrators, ubuntuAccounts } from "../../../catalog/linux-users";
import { checkAdministrator } from "../../../components/compute/check-administrator";
import { Problems } from "../../../core/problems";

function rules(name: string): string[] {
  const problems = new Problems();
  checkAdministrator(name, problems);
  return problems.list.map((it) => it.rule);
}

it.each(["azureuser", "ops", "hpc-admin", "user6", "x".repeat(32)])("takes %s", (name) => {
  expect(rules(name)).toEqual([]);
});

it.each(["", "Ops", "1ops", "-ops", "ops_2", "o\u0440s", "x".repeat(33), "support_388945a0", "123"])(
  "fails on the form of %j",
  (name) => {
    expect(rules(name)).toEqual([expect.stringContaining("must be 1 to 32 lowercase letters")]);
  },
);

it.each([...refusedAdministrators, ...ubuntuAccounts])("fails on %s", (name) => {
  expect(rules(name)).toHaveLength(1);
});
