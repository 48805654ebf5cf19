import { describe, expect, it } from "vitest";
import { planImageRegistry } from "../../../../components/identity/image-registry/plan";
import { problemsOf } from "../../../recorded";

const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/images";
const resourceId = `${group}/providers/Microsoft.ContainerRegistry/registries/labimages`;

describe("planImageRegistry", () => {
  it("takes a registry wherever it is, and nothing of the network", () => {
    expect(planImageRegistry("lab", { resourceId })).toEqual({
      resourceId,
      role: "AcrPull",
      approval: null,
      subnets: [],
      infiniband: false,
    });
  });

  it("gives the role that the registry heeds", () => {
    expect(planImageRegistry("lab", { resourceId, permissions: "repositories" }).role).toBe(
      "Container Registry Repository Reader",
    );
  });

  it.each([
    [{}, "automatic", 2],
    [{ approval: "manual" as const, regions: 3 }, "manual", 4],
  ])("asks for the addresses of an endpoint %j", (privateEndpoint, approval, addresses) => {
    expect(planImageRegistry("lab", { resourceId, privateEndpoint })).toMatchObject({
      approval,
      subnets: [{ role: "endpoints", addresses, what: "private endpoints of registries" }],
    });
  });

  it.each([
    ["the address of a registry", "lab.azurecr.io"],
    ["the ID of something else", `${group}/providers/Microsoft.Storage/accounts/lab`],
    ["a part of a registry", resourceId.replace("labimages", "lab/webhooks/w")],
  ])("fails for %s", (_, wrong) => {
    expect(problemsOf(() => planImageRegistry("lab", { resourceId: wrong }))).toEqual([
      expect.stringMatching(
        /^resourceId: must be the ARM ID of a container registry; got ".* Write \/subscriptions\/<UUID>/,
      ),
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

  it.each([0, 61, 1.5])("fails for %d regions", (regions) => {
    expect(problemsOf(() => planImageRegistry("lab", { resourceId, privateEndpoint: { regions } }))[0]).toMatch(
      /^privateEndpoint\.regions: must be a whole number/,
    );
  });
});
