import { describe, expect, it } from "vitest";
import { planImageRegistry } from "../../../../components/identity/image-registry/plan";
import { problemsOf } from "../../../recorded";

const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/images";
const resourceId = `${group}/providers/Microsoft.ContainerRegistry/registries/images`;
const rule =
  "Write /subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.ContainerRegistry/registries/<name>";

describe("planImageRegistry", () => {
  it("takes a registry wherever it is, and nothing of the network", () => {
    expect(planImageRegistry("lab", { resourceId })).toEqual({ resourceId, subnets: [], infiniband: false });
  });

  it.each([
    ["the address of a registry", "lab.azurecr.io"],
    ["the ID of something else", `${group}/providers/Microsoft.Storage/accounts/lab`],
  ])("fails for %s", (_, wrong) => {
    expect(problemsOf(() => planImageRegistry("lab", { resourceId: wrong }))).toEqual([
      `resourceId: must be the ARM ID of a container registry; got "${wrong}". ${rule}`,
    ]);
  });

  it.each([
    [
      "a subscription by its name",
      resourceId.replace(/[\d-]{36}/, "production"),
      "must name a subscription by its UUID",
    ],
    ["no subscription", resourceId.replace(/[\d-]{36}/, "00000000-0000-0000-0000-000000000000"), "not all zeros"],
    [
      "a group that cannot be",
      resourceId.replace("Groups/images", "Groups/images."),
      "resources:ResourceGroup: 1 to 90",
    ],
    ["its address for its name", `${resourceId}.azurecr.io`, "containerregistry:Registry: 5 to 50 characters"],
  ])("fails for %s", (_, wrong, said) => {
    expect(problemsOf(() => planImageRegistry("lab", { resourceId: wrong }))).toEqual([expect.stringContaining(said)]);
  });
});
