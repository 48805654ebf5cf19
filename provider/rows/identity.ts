import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import { roles } from "../../catalog/roles";
import { ClusterIdentity } from "../../components/identity/cluster-identity";
import { ContainerRegistry } from "../../components/identity/container-registry/container-registry";
import { containerRegistryShape } from "../../components/identity/container-registry/shape";
import { CustomerManagedKeys } from "../../components/identity/customer-managed-keys/customer-managed-keys";
import type { OwnKey } from "../../components/identity/customer-managed-keys/own-key-ref";
import { customerManagedKeysShape } from "../../components/identity/customer-managed-keys/shape";
import { KeyVault } from "../../components/identity/key-vault/key-vault";
import { keyVaultShape } from "../../components/identity/key-vault/shape";
import { RoleGrant } from "../../components/identity/role-grant";
import { SecretsKey } from "../../components/identity/secrets-key/secrets-key";
import { secretsKeyShape } from "../../components/identity/secrets-key/shape";
import { WorkloadIdentity } from "../../components/identity/workload-identity";
import { keysOf } from "../../core/records";
import { makerOf } from "../maker-of";
import type { PackagedComponents } from "../packaged-component";
import { ownKeyReference } from "../reference-shapes";
import { resourceIds, scopeShape, scopeWires } from "../shared-shapes";
import { wiredObject } from "../wires";

const identity = z.object({ clientId: z.string(), principalId: z.string(), tenantId: z.string() });

/** Who acts, what that one may do, and what is kept from others. */
export const identityRows: PackagedComponents = {
  "azure-gpu-cluster:identity:ClusterIdentity": {
    what: "Cluster identity",
    inputs: z.strictObject({
      scope: scopeShape,
      subnetResourceIds: resourceIds,
      apiServerZone: z
        .strictObject({ zoneResourceId: z.string(), virtualNetworkResourceId: z.string() })
        .exactOptional(),
      diskEncryptionSetResourceId: z.string().exactOptional(),
      reservationGroupResourceIds: resourceIds.exactOptional(),
    }),
    wires: [
      ...scopeWires,
      "subnetResourceIds.*",
      "apiServerZone.*",
      "diskEncryptionSetResourceId",
      "reservationGroupResourceIds.*",
    ],
    outputs: z.object({ resourceId: z.string(), principalId: z.string(), tenantId: z.string() }),
    make: makerOf(ClusterIdentity, ({ resourceId, principalId, tenantId }) => ({ resourceId, principalId, tenantId })),
  },
  "azure-gpu-cluster:identity:WorkloadIdentity": {
    what: "Workload identity",
    inputs: z.strictObject({
      scope: scopeShape,
      oidcIssuerUrl: z.string(),
      namespace: z.string(),
      serviceAccount: z.string(),
      purpose: z.string().exactOptional(),
    }),
    wires: [...scopeWires, "oidcIssuerUrl"],
    outputs: identity,
    make: makerOf(WorkloadIdentity, ({ clientId, principalId, tenantId }) => ({ clientId, principalId, tenantId })),
  },
  "azure-gpu-cluster:identity:RoleGrant": {
    what: "Role grant",
    inputs: z.strictObject({
      scope: z.string(),
      principalId: z.string(),
      role: z.enum(keysOf(roles)),
      principalType: z.enum(["ServicePrincipal", "Group"]),
      condition: z.string().exactOptional(),
    }),
    wires: ["scope", "principalId", "condition"],
    outputs: z.object({ roleAssignmentResourceId: z.string() }),
    make: makerOf(RoleGrant, ({ roleAssignmentResourceId }) => ({ roleAssignmentResourceId })),
  },
  "azure-gpu-cluster:identity:ContainerRegistry": {
    what: "Container registry",
    inputs: z.strictObject({
      scope: scopeShape,
      ...containerRegistryShape.shape,
      ownKey: ownKeyReference.exactOptional(),
    }),
    wires: [...scopeWires, wiredObject("ownKey", ownKeyReference)],
    outputs: z.object({
      resourceId: z.string().describe("ARM ID of the registry."),
      loginServer: z.string().describe("Host that images are pulled from."),
      caches: z.array(z.string()).describe("Hosts of public registries that it pulls from and keeps."),
    }),
    make: makerOf(ContainerRegistry, ({ ref: { resourceId, loginServer, caches } }) => ({
      ...{ resourceId, loginServer, caches },
    })),
  },
  "azure-gpu-cluster:identity:KeyVault": {
    what: "Key Vault",
    inputs: z.strictObject({ scope: scopeShape, ...keyVaultShape.shape, tenantId: z.string() }),
    wires: [...scopeWires, "tenantId"],
    outputs: z.object({
      resourceId: z.string().describe("ARM ID of the vault."),
      vaultName: z.string().describe("Name of the vault, for a team whose secrets lie in it."),
    }),
    make: makerOf(KeyVault, ({ ref: { resourceId, name: vaultName } }) => ({ resourceId, vaultName })),
  },
  "azure-gpu-cluster:identity:CustomerManagedKeys": {
    what: "Customer-managed keys",
    inputs: z.strictObject({ scope: scopeShape, ...customerManagedKeysShape.shape, tenantId: z.string() }),
    wires: [...scopeWires, "tenantId"],
    outputs: z.object({
      vaultResourceId: z.string(),
      diskEncryptionSetResourceId: z.string().exactOptional(),
      keys: z
        .record(z.string(), ownKeyReference)
        .describe("Keys by what each is for: what a store or a registry is given as `ownKey`."),
    }),
    make: makerOf(CustomerManagedKeys, (component) => {
      const { vaultResourceId, diskEncryptionSetResourceId } = component;
      const keys: Record<string, OwnKey> = {};
      for (const kind of ["storage", "lustre", "registry"] as const) {
        const key = component.keyFor(kind);
        if (key !== undefined) keys[kind] = key;
      }
      const outputs: Record<string, Input<unknown>> = { vaultResourceId, keys };
      if (diskEncryptionSetResourceId !== undefined)
        outputs["diskEncryptionSetResourceId"] = diskEncryptionSetResourceId;
      return outputs;
    }),
  },
  "azure-gpu-cluster:identity:SecretsKey": {
    what: "Key of secrets in a state",
    inputs: z.strictObject({ scope: scopeShape, ...secretsKeyShape.shape, tenantId: z.string() }),
    wires: [...scopeWires, "tenantId"],
    outputs: z.object({ vaultResourceId: z.string(), keyResourceId: z.string(), secretsProvider: z.string() }),
    make: makerOf(SecretsKey, ({ vaultResourceId, keyResourceId, secretsProvider }) => ({
      ...{ vaultResourceId, keyResourceId, secretsProvider },
    })),
  },
};
