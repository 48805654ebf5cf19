import { describe, expect, it } from "vitest";
import { placeOf } from "../../../../catalog/place";
import { planContainerRegistry } from "../../../../components/identity/container-registry/plan";
import { place, problemsOf, scope } from "../../../recorded";

const group = "66666666-6666-4666-8666-666666666666";

describe("planContainerRegistry", () => {
  it("is closed, takes no password, and keeps what it pulls from registries that ask for none", () => {
    expect(planContainerRegistry("own-images", {}, place)).toEqual({
      loginServer: "crgpudev0a1b2c3d.azurecr.io",
      caches: ["mcr.microsoft.com", "quay.io", "ghcr.io", "registry.k8s.io"],
      pushGroupObjectIds: [],
      infiniband: false,
      subnets: [{ role: "endpoints", addresses: 2, what: "private endpoints of registries" }],
      registry: {
        location: "eastus",
        registryName: "crgpudev0a1b2c3d",
        sku: { name: "Premium" },
        adminUserEnabled: false,
        anonymousPullEnabled: false,
        publicNetworkAccess: "Disabled",
        networkRuleSet: { defaultAction: "Deny" },
        networkRuleBypassOptions: "AzureServices",
        dataEndpointEnabled: true,
        zoneRedundancy: "Enabled",
        policies: {
          exportPolicy: { status: "disabled" },
          retentionPolicy: { status: "disabled" },
          softDeletePolicy: { status: "disabled" },
          quarantinePolicy: { status: "disabled" },
          trustPolicy: { type: "Notary", status: "disabled" },
          azureADAuthenticationAsArmPolicy: { status: "enabled" },
        },
      },
      cacheRules: ["mcr.microsoft.com", "quay.io", "ghcr.io", "registry.k8s.io"].map((host) => ({
        cacheRuleName: host.replaceAll(".", "-"),
        sourceRepository: `${host}/*`,
        targetRepository: `${host}/*`,
      })),
    });
  });

  it("is in one zone where the region has none", () => {
    const zoneless = { ...placeOf(scope), zones: [] };
    expect(planContainerRegistry("own-images", {}, zoneless).registry.zoneRedundancy).toBe("Disabled");
  });

  it("deletes what has no tag only where somebody says after how long", () => {
    const { registry } = planContainerRegistry("own-images", { deleteUntaggedAfterDays: 0, caches: [] }, place);
    expect(registry.policies).toMatchObject({ retentionPolicy: { status: "enabled", days: 0 } });
  });

  it.each([
    [
      { caches: ["nvcr.io"] },
      /^caches\[0\]: .*the artifact cache of Azure does not know it; got "nvcr.io".*az acr import/,
    ],
    [{ caches: ["docker.io"] }, /^caches\[0\]: .*only with a user name and a password.*az acr import/],
    [{ caches: ["quay.oi"] }, /^caches\[0\]: must be one of .*got "quay.oi"/],
    [{ caches: ["quay.io", "quay.io"] }, /^caches/],
    [{ deleteUntaggedAfterDays: 366 }, /^deleteUntaggedAfterDays: must be a whole number of days from 0 to 365/],
    [{ pushGroupObjectIds: ["pipelines"] }, /^pushGroupObjectIds\[0\]: must be the object ID of an Entra group/],
    [{ pushGroupObjectIds: [group, group] }, /^pushGroupObjectIds/],
  ])("fails on %j", (given, says) => {
    expect(problemsOf(() => planContainerRegistry("own-images", given, place))).toEqual([expect.stringMatching(says)]);
  });

  it("tells every problem at once", () => {
    const wrong = { caches: ["nvcr.io"], pushGroupObjectIds: ["pipelines"] };
    expect(problemsOf(() => planContainerRegistry("own-images", wrong, place))).toHaveLength(2);
  });
});
