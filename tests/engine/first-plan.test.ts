import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readPlan } from "../../delivery/saved-plan";
import { shippedStacks } from "../stack-files";
import { Clone } from "./delivery";
import { lifeSuite } from "./harness";

lifeSuite("the first plan of a stack, on the real engine", () => {
  // Azure has yet to give every ID then: what a rule reads must be known all the same.
  it("is allowed for production as it ships: each mandatory rule could run, and all of it is priced", async () => {
    const clone = new Clone();
    clone.write(
      "stacks/Pulumi.prod.yaml",
      readFileSync(shippedStacks.prod, "utf8").replace(
        "config:\n",
        "config:\n  azure-native:subscriptionId: 11111111-2222-4333-8444-555555555555\n",
      ),
    );
    expect(await clone.run("pulumi", ["stack", "init", "prod"])).toMatchObject({ code: 0 });
    clone.commit("ben");
    const file = clone.beside("plan.json");
    const { code, out, err } = await clone.run("npm", ["run", "-s", "plan", "--", "prod", "--out", file]);
    expect(code, out + err).toBe(0);
    const { findings, bill, steps } = readPlan(readFileSync(file, "utf8"), file);
    expect(findings).toEqual([]);
    expect(bill).not.toBeNull();
    expect(new Set(steps.map(({ op }) => op))).toEqual(new Set(["create"]));
  });
});
