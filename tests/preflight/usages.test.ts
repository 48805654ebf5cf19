import fc from "fast-check";
import { expect, it } from "vitest";
import type { Answer } from "../../preflight/question";
import { judgeUsage } from "../../preflight/usages";

const place = { subscriptionId: "one", location: "eastus", provider: "Microsoft.Compute", apiVersion: "2024-11-01" };
const need = { name: "standardDDSv5Family", unit: "vCPUs", resourceType: "dedicated" };
const usages = (limit: number, currentValue: number): Answer => ({
  kind: "found",
  body: { value: [{ name: { value: "StandardDDSv5family" }, limit, currentValue, unit: "Count" }] },
});

it("is there exactly where the limit holds what others use and what is needed; else the request makes it so", () => {
  const count = fc.nat(10_000);
  fc.assert(
    fc.property(count, count, count, count, (limit, used, own, wanted) => {
      const judged = judgeUsage(place, usages(limit, used), { ...need, need: wanted, own });
      const others = Math.max(0, used - own);
      expect(judged.verdict).toBe(wanted + others <= limit ? "ok" : "missing");
      if (judged.verdict === "ok") return;
      const asked = Number(/value=(\d+)$/.exec(judged.remedy ?? "")?.[1]);
      expect(judgeUsage(place, usages(asked, used), { ...need, need: wanted, own }).verdict).toBe("ok");
      expect(judgeUsage(place, usages(asked - 1, used), { ...need, need: wanted, own }).verdict).toBe("missing");
    }),
  );
});

it("takes -1 for no limit", () => {
  expect(judgeUsage(place, usages(-1, 5), { ...need, need: 1_000_000, own: 0 }).verdict).toBe("ok");
});

it("says what the region does not have", () => {
  expect(judgeUsage(place, { kind: "found", body: { value: [] } }, { ...need, need: 8, own: 0 })).toEqual({
    subject: "standardDDSv5Family",
    need: "8 vCPUs",
    have: "eastus has no such quota",
    verdict: "missing",
    remedy:
      "Take another region, or ask for the family: az quota update --resource-name standardDDSv5Family --resource-type dedicated --scope /subscriptions/one/providers/Microsoft.Compute/locations/eastus --limit-object value=8",
  });
});

it("quotes a name with spaces, as some families have", () => {
  const name = "Standard NDASv4_A100 Family";
  const { remedy } = judgeUsage(place, { kind: "found", body: { value: [] } }, { ...need, name, need: 96, own: 0 });
  expect(remedy).toContain("--resource-name 'Standard NDASv4_A100 Family' ");
});
