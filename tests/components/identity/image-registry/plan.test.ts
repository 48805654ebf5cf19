import { describe, expect, it } from "vitest";
import { planImageRegistry } from "../../../../components/identity/image-registry/plan";
import { problemsOf } from "../../../recorded";

const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/images";
const resourceId = `${group}/providers/Microsoft.ContainerRegistry/registries/lab`;
const rule =
  "Write /subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.ContainerRegistry/registries/<name>";

describe("planImageRegistry", () => {
  it("takes a registry wherever it is, and nothing of the network", () => {
    expect(planImageRegistry("lab", { resourceId })).toEqual({ resourceId, subnets: [], infiniband: false });
  });

  it.each([
    ["the address of a registry", "lab.azurecr.io"],
    ["the ID of something else", `${group}/providers/Microsoft.Storage/accounts/lab`],
    ["a subscription by its name", resourceId.replace(/[\d-]{36}/, "production")],
  ])("fails for %s", (_, wrong) => {
    expect(problemsOf(() => planImageRegistry("lab", { resourceId: wrong }))).toEqual([
      `resourceId: must be the ARM ID of a container registry; got "${wrong}". ${rule}`,
    ]);
  });
});
