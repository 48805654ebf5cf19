import { describe, expect, it } from "vitest";
import type { Value } from "../../core/property-value";
import { lustreVaults } from "../../preflight/lustre-vaults";
import type { Answer } from "../../preflight/question";
import { absent, found, silent, told } from "./answers";

const subscriptionId = "99999999-9999-4999-8999-999999999999";
const id = `/subscriptions/${subscriptionId}/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv-ml`;
const need = { id, location: "eastus", subscriptionId };

function vault(properties: Readonly<Record<string, Value>> = {}, location = "eastus"): Answer {
  const right = { enablePurgeProtection: true, enableRbacAuthorization: true };
  return found({ location, properties: { ...right, ...properties } });
}

describe("the vault of a key of Lustre's", () => {
  it.each<[what: string, answer: Answer, told: readonly [string, string]]>([
    ["in the region, set as Lustre asks for", vault(), ["ok", "so it is"]],
    ["whose region is written out", vault({}, "East US"), ["ok", "so it is"]],
    ["in another region", vault({}, "westeurope"), ["missing", "in westeurope"]],
    ["that may be purged", vault({ enablePurgeProtection: null }), ["missing", "without purge protection"]],
    [
      "with access policies and no public access",
      vault({ enableRbacAuthorization: false, publicNetworkAccess: "Disabled" }),
      ["missing", "without Azure RBAC, public access"],
    ],
    ["that is not there", absent, ["missing", "not there"]],
    ["that nobody says anything of", silent, ["unknown", "could not be asked: Azure failed"]],
  ])("%s", (_, answer, said) => {
    expect(told(lustreVaults.judge([need], [answer]))).toEqual([said]);
  });

  it("is of the subscription, whatever is answered", () => {
    const other = { ...need, id: id.replace(subscriptionId, "11111111-1111-4111-8111-111111111111") };
    expect(lustreVaults.judge([other], [vault()])).toEqual([
      {
        subject: "kv-ml",
        need: "in eastus, with purge protection, Azure RBAC and public access",
        have: "in subscription 11111111-1111-4111-8111-111111111111",
        verdict: "missing",
        remedy: `Name a key in a vault of ${subscriptionId}: Lustre takes no other`,
      },
    ]);
  });

  it("is mended by one command", () => {
    const off = { enablePurgeProtection: false, enableRbacAuthorization: false, publicNetworkAccess: "Disabled" };
    expect(lustreVaults.judge([need], [vault(off)])[0]?.remedy).toBe(
      "az keyvault update --name kv-ml --enable-purge-protection true --enable-rbac-authorization true --public-network-access Enabled",
    );
  });

  it("is not asked for where the environment makes it, or where nothing names one", () => {
    const facts = {
      ...{ stack: "dev", subscriptionId, declaredSubscriptionId: null, declaredTenantId: null, location: "eastus" },
      ...{
        quota: [],
        existingSubnets: [],
        otherwise: null,
        regionalVcpus: 0,
        identity: { objectId: null, tenantId: null },
      },
    };
    const arm = "Microsoft.StorageCache/amlFilesystems";
    const inputs = { location: "eastus", encryptionSettings: { keyEncryptionKey: { sourceVault: { id } } } };
    const lustre = { token: "", arm, id: "/lustre", inputs };
    const made = { token: "", arm: "Microsoft.KeyVault/vaults", id: id.toUpperCase(), inputs: {} };
    expect(lustreVaults.needs({ ...facts, resources: [lustre] })).toEqual([need]);
    expect(lustreVaults.needs({ ...facts, resources: [lustre, made] })).toBeNull();
    expect(lustreVaults.needs({ ...facts, resources: [{ ...lustre, inputs: {} }] })).toBeNull();
  });
});
