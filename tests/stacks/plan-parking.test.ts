import fc from "fast-check";
import { expect, it } from "vitest";
import { countedKinds, planParking, type StateEntry } from "../../stacks/plan-parking";

const urn = (types: string, name: string): string => `urn:pulumi:dev::azure-gpu-cluster::${types}::${name}`;
const root: StateEntry = { urn: urn("pulumi:pulumi:Stack", "dev"), type: "pulumi:pulumi:Stack" };
const entry = (types: string, name: string, more: Partial<StateEntry> = {}): StateEntry => ({
  urn: urn(types, name),
  type: types.split("$").at(-1) ?? types,
  parent: root.urn,
  ...more,
});

const provider = entry("pulumi:providers:azure-native", "default");
const group = entry("azure-native:resources:ResourceGroup", "env", { protect: true });
const identity = entry("azure-native:managedidentity:UserAssignedIdentity", "aks", { dependencies: [group.urn] });
const cluster = entry("azure-native:containerservice:ManagedCluster", "aks", {
  protect: true,
  dependencies: [group.urn, identity.urn],
});
const store = entry("azure-gpu-cluster:storage:BlobStore", "data");
const account = entry("azure-gpu-cluster:storage:BlobStore$azure-native:storage:StorageAccount", "data", {
  protect: true,
  parent: store.urn,
  provider: `${provider.urn}::id-of-it`,
  propertyDependencies: { resourceGroupName: [group.urn], tags: null },
});
const grant = entry("azure-gpu-cluster:identity:RoleGrant$azure-native:authorization:RoleAssignment", "team", {
  dependencies: [account.urn, identity.urn],
});

it("keeps data with all that they need, and nothing that needs them", () => {
  expect(planParking([root, provider, group, identity, cluster, store, account, grant])).toEqual({
    kept: [root, provider, group, store, account].map((it) => it.urn),
    gone: [identity, cluster, grant].map((it) => it.urn),
    protectedAmongGone: [cluster.urn],
  });
});

it("keeps keys, secrets and images: what data rest on, and what nobody could make again", () => {
  const keys = "azure-gpu-cluster:identity:CustomerManagedKeys";
  const key = entry(`${keys}$azure-native:keyvault:Key`, "keys-disks", { dependencies: [group.urn] });
  const vault = entry("azure-gpu-cluster:identity:KeyVault$azure-native:keyvault:Vault", "secrets");
  const images = entry("azure-gpu-cluster:identity:ContainerRegistry$azure-native:containerregistry:Registry", "own");
  const others = entry("azure-gpu-cluster:identity:KeyVaultOfOthers$azure-native:keyvault:Vault", "others");
  expect(planParking([root, group, entry(keys, "keys"), key, vault, images, others, cluster]).gone).toEqual([
    others.urn,
    cluster.urn,
  ]);
});

it("keeps nothing where there are no data, the root of the stack neither", () => {
  const { kept, gone } = planParking([root, group, cluster]);
  expect({ kept, gone }).toEqual({ kept: [], gone: [root, group, cluster].map((it) => it.urn) });
});

it("keeps images of one's own, and no template that builds them", () => {
  const gallery = entry("azure-gpu-cluster:compute:ImageGallery$azure-native:compute:Gallery", "images");
  const template = entry(
    "azure-gpu-cluster:compute:ImageTemplate$azure-native:virtualmachineimages:VirtualMachineImageTemplate",
    "images-hpc-build",
  );
  const { kept, gone } = planParking([root, gallery, template]);
  expect([kept, gone]).toEqual([[root.urn, gallery.urn], [template.urn]]);
});

it("has nothing to do with an empty state", () => {
  expect(planParking([])).toEqual({ kept: [], gone: [], protectedAmongGone: [] });
});

it("never keeps what needs something that goes, whatever a state looks like", () => {
  const states = fc
    .array(fc.record({ data: fc.boolean(), needs: fc.array(fc.nat(30), { maxLength: 4 }), protect: fc.boolean() }), {
      maxLength: 30,
    })
    .map((drawn) =>
      drawn.map(({ data, needs, protect }, at): StateEntry => {
        const types = data ? "azure-gpu-cluster:storage:X$azure-native:storage:Y" : "azure-native:network:Z";
        const earlier = needs.filter((it) => it < at);
        const names = earlier.map((it) =>
          urn(
            drawn[it]?.data === true ? "azure-gpu-cluster:storage:X$azure-native:storage:Y" : "azure-native:network:Z",
            `n${it}`,
          ),
        );
        return entry(types, `n${at}`, { protect, dependencies: names });
      }),
    );
  fc.assert(
    fc.property(states, (resources) => {
      const { kept, gone, protectedAmongGone } = planParking([root, ...resources]);
      for (const it of resources) {
        const isKept = kept.includes(it.urn);
        expect(isKept).not.toBe(gone.includes(it.urn));
        if (it.urn.includes("storage:X")) expect(isKept).toBe(true);
        if (isKept) expect((it.dependencies ?? []).filter((needed) => !kept.includes(needed))).toEqual([]);
      }
      expect(protectedAmongGone.every((it) => gone.includes(it))).toBe(true);
    }),
  );
});

it("counts what people read, and no wrappers", () => {
  expect(countedKinds([root, provider, store, account, account, cluster].map((it) => it.urn))).toEqual([
    "2 StorageAccount",
    "ManagedCluster",
  ]);
});
