import { afterAll, beforeAll, expect, it } from "vitest";
import { engineMessage } from "../../core/engine-message";
import type { OperationRecord } from "../../simulator/azure/store";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import {
  changesOf,
  changesSince,
  lifeSuite,
  type OpenRehearsal,
  openRehearsal,
  type StackConfig,
  variantOf,
} from "./harness";

/** dev's network and cluster, with keys, a vault and a registry of its own. */
function withOwn(keyVault: StackConfig, customerManagedKeys: StackConfig): string {
  return variantOf("dev", ({ network, cluster, environment, ...rest }) => ({
    "azure-native:location": rest["azure-native:location"],
    "pulumi:disable-default-providers": rest["pulumi:disable-default-providers"],
    ...{ environment, network, cluster, keyVault, customerManagedKeys },
    ...{ layers: ["infra"], containerRegistry: { caches: ["quay.io"] } },
    storage: { blob: {}, lustre: { tier: "AMLFS-Durable-Premium-250", sizeTiB: 8, zone: "1" } },
  }));
}

lifeSuite("an environment with keys of its own", () => {
  let open: OpenRehearsal;
  let stack: RehearsedStack;
  let seen = 0;
  const operations = (): OperationRecord[] => {
    const made = changesSince(open.rehearsal.world, seen);
    seen = open.rehearsal.world.operations().length;
    return made;
  };

  beforeAll(() => {
    open = openRehearsal();
  });
  afterAll(async () => {
    await open.close();
  });

  it("makes nothing that is encrypted before the right to its key is given", async () => {
    stack = open.rehearsal.use(withOwn({}, {}));
    await stack.up({ policies: "dev" });
    const made = operations();
    const one = (type: string, ending = ""): OperationRecord => {
      const [found] = made.filter((it) => it.type.endsWith(`:${type}`) && it.id.endsWith(ending));
      if (found === undefined) throw new Error(`no ${type} ${ending}`);
      return found;
    };
    const grantOn = (key: string): OperationRecord => {
      const [found] = made.filter((it) => it.type.endsWith(":RoleAssignment") && it.id.includes(`/keys/${key}/`));
      if (found === undefined) throw new Error(`no right on ${key}`);
      return found;
    };
    for (const [key, type] of [
      ["disks", "ManagedCluster"],
      ["storage", "StorageAccount"],
      ["lustre", "AmlFilesystem"],
      ["registry", "Registry"],
    ] as const) {
      expect(one(type).requested, type).toBeGreaterThanOrEqual(grantOn(key).end);
    }
    expect(made.filter((it) => it.outcome !== "succeeded")).toEqual([]);
  });

  it("changes nothing the second time", async () => {
    expect(changesOf(await stack.up())).toEqual({});
  });

  it("is parked with its keys, secrets and images, and goes on with them", async () => {
    const kept = (): string[] =>
      open.rehearsal.world
        .resources()
        .map(({ id }) => id)
        .filter((id) => /\/(vaults|registries|diskEncryptionSets|storageAccounts|amlFilesystems)\//.test(id))
        .filter((id) => !id.includes("/Microsoft.Authorization/"))
        .sort();
    const before = kept();
    await stack.park();
    expect(open.rehearsal.world.resources("azure-native:containerservice:ManagedCluster")).toEqual([]);
    expect(kept()).toEqual(before);
    expect(Object.keys(changesOf(await stack.up()))).toEqual(["create"]);
    expect(kept()).toEqual(before);
  });

  it("goes without asking for a key to be deleted, which nobody could do", async () => {
    operations();
    await stack.destroy();
    const gone = operations();
    expect(gone.filter((it) => it.type.endsWith(":Key"))).toEqual([]);
    expect(gone.filter((it) => it.type.endsWith(":Vault"))).toHaveLength(2);
    expect(open.rehearsal.world.isEmpty()).toBe(true);
  });

  it("is refused the names of its vaults, which are deleted and cannot be purged", async () => {
    const failure = await stack.up().then(
      () => "it went through",
      (error: unknown) => engineMessage(error as Error),
    );
    expect(failure).toContain("already exists in deleted state");
    await stack.destroy();
  });

  it("is made again with another vault for keys, and the old one for secrets", async () => {
    stack = open.rehearsal.use(withOwn({ recoverDeleted: true }, { generation: 2 }));
    operations();
    await stack.up();
    const vaults = operations().filter((it) => it.type.endsWith(":Vault"));
    expect(vaults.map(({ outcome }) => outcome)).toEqual(["succeeded", "succeeded"]);
    // The word is taken out again, and nothing is made anew.
    stack = open.rehearsal.use(withOwn({}, { generation: 2 }));
    expect(changesOf(await stack.up())).toEqual({ update: 1 });
    await stack.destroy();
    expect(open.rehearsal.world.isEmpty()).toBe(true);
  });
});
