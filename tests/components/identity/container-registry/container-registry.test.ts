import { describe, expect, it } from "vitest";
import { ContainerRegistry } from "../../../../components/identity/container-registry/container-registry";
import { only, recorded, refused, scope, tree } from "../../../recorded";

const type = "azure-native:containerregistry:Registry";

describe("ContainerRegistry", () => {
  it("makes a rule for each registry that it caches, which another `up` makes again", async () => {
    const plan = await recorded(
      () => new ContainerRegistry("own-images", { scope, caches: ["quay.io"] }, { protect: true }),
    );
    expect(tree(plan)).toEqual([
      "ContainerRegistry own-images",
      "Registry own-images < ContainerRegistry own-images",
      "CacheRule own-images-quay-io < ContainerRegistry own-images",
    ]);
    expect(only(plan, type).options.protect).toBe(true);
    expect(only(plan, "azure-native:containerregistry:CacheRule").options.protect).toBeUndefined();
    expect(only(plan, type).inputs["encryption"]).toEqual({ status: "disabled" });
  });

  it("is encrypted with a key of ours, whose versions it follows", async () => {
    const ownKey = {
      vaultUri: "https://kv.vault.azure.net",
      keyName: "registry",
      vaultResourceId: "/v",
      keyUrl: "https://kv.vault.azure.net/keys/registry",
      keyUrlWithVersion: "https://kv.vault.azure.net/keys/registry/1",
      identityResourceId: "/identity",
      identityClientId: "client",
    };
    const plan = await recorded(() => new ContainerRegistry("own-images", { scope, ownKey }));
    expect(only(plan, type).inputs).toMatchObject({
      identity: { type: "UserAssigned", userAssignedIdentities: { "/identity": {} } },
      encryption: { status: "enabled", keyVaultProperties: { keyIdentifier: ownKey.keyUrl, identity: "client" } },
    });
  });

  it("registers nothing of a wrong shape", async () => {
    const { made, problems } = await refused(() => new ContainerRegistry("own-images", { scope, caches: ["nvcr.io"] }));
    expect([made, problems]).toEqual([[], [expect.stringContaining("caches[0]")]]);
  });
});
