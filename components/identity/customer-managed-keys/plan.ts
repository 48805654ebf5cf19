import type * as keyvault from "@pulumi/azure-native/types/input";
import type { DiskEncryptionSetArgs } from "@pulumi/azure-native/compute/diskEncryptionSet";
import type { UserAssignedIdentityArgs } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { checkName } from "../../../azure/check-name";
import type { Place } from "../../../catalog/place";
import { physicalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { closedVault, type ClosedVault } from "../closed-vault";
import { customerManagedKeysShape, type CustomerManagedKeysShape, type EncryptedKind, encryptedKinds } from "./shape";

/** A key and who uses it. */
export interface PlannedKey {
  readonly kind: EncryptedKind;
  readonly keyName: string;
  readonly properties: keyvault.keyvault.KeyPropertiesArgs;
  /** Whose right it is: an identity for the service, or that of a disk encryption set. */
  readonly user:
    | {
        readonly identity: Omit<UserAssignedIdentityArgs, "resourceGroupName" | "tags"> & {
          readonly resourceName: string;
        };
      }
    | { readonly diskEncryptionSet: Omit<DiskEncryptionSetArgs, "resourceGroupName" | "tags" | "activeKey"> };
}

/** Checked keys: what to ask of Azure. */
export interface CustomerManagedKeysPlan {
  readonly vault: ClosedVault;
  readonly keys: readonly PlannedKey[];
}

/**
 * All decisions about the keys of an environment.
 * @param there Kinds of things that the environment has and that name no key themselves.
 * @throws MisconfiguredError
 */
export function planCustomerManagedKeys(
  name: string,
  given: CustomerManagedKeysShape,
  place: Place,
  there: readonly EncryptedKind[],
): CustomerManagedKeysPlan {
  const subject = `Customer-managed keys '${name}'`;
  const shape = readShape(customerManagedKeysShape, given, subject);
  const problems = new Problems();
  problems.requireDistinct("encrypts", shape.encrypts ?? [], "Leave one out");
  for (const kind of (shape.encrypts ?? []).filter((it) => !there.includes(it))) {
    problems.require(false, "encrypts", "must name what the environment has and what names no key of its own", {
      got: kind,
      remedy: `Leave it out. There are: ${there.join(", ")}`,
    });
  }
  const kinds = encryptedKinds.filter((it) => there.includes(it) && (shape.encrypts ?? there).includes(it));
  const vault = closedVault(
    {
      role: shape.generation === 1 ? name : `${name}${shape.generation}`,
      sku: shape.hardware ? "premium" : "standard",
      // Disks, accounts and registries are among those that Microsoft trusts, also where the public address is off; nothing in the network
      // reads a key. The list does not name Lustre, whose own page asks for the exception all the same.
      // Sources: MicrosoftDocs/azure-security-docs:articles/key-vault/general/overview-vnet-service-endpoints.md (2026-08-20);
      // MicrosoftDocs/azure-stack-docs:azure-managed-lustre/customer-managed-encryption-keys.md (2024-11-11)
      trustedServices: true,
      // Lustre refuses a vault whose public access is off; no range is let in all the same.
      // Source: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/customer-managed-encryption-keys.md (2024-11-11)
      publicAddress: kinds.includes("lustre"),
      recover: false,
    },
    place,
    problems,
  );
  const keys = kinds.map((kind) => planKey(name, kind, shape, place, problems));
  problems.throwIfAny(subject);
  return { vault, keys };
}

function planKey(
  name: string,
  kind: EncryptedKind,
  { hardware, rotationDays }: { readonly hardware: boolean; readonly rotationDays: number },
  { location, names }: Place,
  problems: Problems,
): PlannedKey {
  // Lustre takes 2048 bits of software and follows no version.
  // Source: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/customer-managed-encryption-keys.md (2024-11-11)
  const properties: PlannedKey["properties"] =
    kind === "lustre"
      ? { kty: "RSA", keySize: 2048, keyOps: ["wrapKey", "unwrapKey"] }
      : {
          kty: hardware ? "RSA-HSM" : "RSA",
          keySize: 3072,
          keyOps: ["wrapKey", "unwrapKey"],
          rotationPolicy: {
            lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: `P${rotationDays}D` } }],
          },
        };
  if (kind === "disks") {
    const diskEncryptionSetName = physicalName("des", names, roleOf(name, "keys"));
    checkName("compute:DiskEncryptionSet", diskEncryptionSetName, problems);
    const diskEncryptionSet = {
      location,
      diskEncryptionSetName,
      encryptionType: "EncryptionAtRestWithCustomerKey",
      identity: { type: "SystemAssigned" },
      rotationToLatestKeyVersionEnabled: true,
    };
    return { kind, keyName: kind, properties, user: { diskEncryptionSet } };
  }
  const resourceName = physicalName("id", names, `${name}-${kind}`);
  checkName("managedidentity:UserAssignedIdentity", resourceName, problems);
  return { kind, keyName: kind, properties, user: { identity: { location, resourceName } } };
}
