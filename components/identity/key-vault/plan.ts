import { nameInId } from "../../../azure/arm-id";
import { checkId } from "../../../azure/check-id";
import type { Place } from "../../../catalog/place";
import { isUuid, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { closedVault, type ClosedVault } from "../closed-vault";
import type { KeyVaultRef } from "./key-vault-ref";
import { keyVaultShape, type KeyVaultShape } from "./shape";

/** A checked vault: which one it is, and how nodes reach it. */
export interface KeyVaultPlan extends NetworkUser {
  /** Somebody else's by its ID, or ours by what to ask of Azure. */
  readonly vault: { readonly theirs: KeyVaultRef } | { readonly ours: ClosedVault };
  /** Name of the vault: the first part of its address. */
  readonly vaultName: string;
  /** Entra groups that write its secrets. */
  readonly secretsOfficerGroupObjectIds: readonly string[];
  /** Minutes after which nodes look for new versions of mounted secrets. */
  readonly rotationMinutes: number;
  /** Who approves a private endpoint of our own, `null` where there is none. */
  readonly approval: "automatic" | "manual" | null;
}

/**
 * All decisions about a vault.
 * @throws MisconfiguredError
 */
export function planKeyVault(name: string, given: KeyVaultShape, place: Place): KeyVaultPlan {
  const subject = `Key Vault '${name}'`;
  const shape = readShape(keyVaultShape, given, subject);
  const { resourceId, rotationMinutes, privateEndpoint, secretsOfficerGroupObjectIds: officers } = shape;
  const problems = new Problems();
  const vault =
    resourceId === undefined
      ? { ours: planOurs(name, shape, place, problems) }
      : planTheirs(resourceId, shape, problems);
  problems.throwIfAny(subject);
  const vaultName = "ours" in vault ? vault.ours.vaultName : vault.theirs.name;
  const approval = "ours" in vault ? "automatic" : (privateEndpoint?.approval ?? null);
  return {
    vault,
    vaultName,
    secretsOfficerGroupObjectIds: officers,
    rotationMinutes,
    approval,
    infiniband: false,
    // Source: https://learn.microsoft.com/azure/key-vault/general/private-link-service
    subnets:
      approval === null ? [] : [{ role: "endpoints", addresses: 1, what: "the private endpoint of the Key Vault" }],
  };
}

type ReadShape = ReturnType<typeof keyVaultShape.parse>;

function planOurs(name: string, shape: ReadShape, place: Place, problems: Problems): ClosedVault {
  problems.require(
    shape.privateEndpoint === undefined,
    "privateEndpoint",
    "must be left out without resourceId: a vault of the environment's own has a private endpoint always",
    { remedy: "Leave it out" },
  );
  shape.secretsOfficerGroupObjectIds.forEach((id, at) => {
    problems.require(
      isUuid(id),
      `secretsOfficerGroupObjectIds[${at}]`,
      "must be the object ID of an Entra group, which is a UUID",
      { got: id, remedy: "az ad group show --group <name> --query id says it" },
    );
  });
  problems.requireDistinct("secretsOfficerGroupObjectIds", shape.secretsOfficerGroupObjectIds, "Leave one out");
  return closedVault(
    {
      role: roleOf(name, "secrets"),
      sku: "standard",
      // Pods read it through the endpoint; no service of Azure does.
      trustedServices: false,
      publicAddress: false,
      recover: shape.recoverDeleted,
    },
    place,
    problems,
  );
}

function planTheirs(resourceId: string, shape: ReadShape, problems: Problems): { readonly theirs: KeyVaultRef } {
  checkId({ token: "keyvault:Vault", what: "Key Vault" }, resourceId, "resourceId", problems);
  problems.require(
    shape.secretsOfficerGroupObjectIds.length === 0,
    "secretsOfficerGroupObjectIds",
    "must be left out beside resourceId: who writes secrets of a vault of somebody else's, its owner says",
    { got: shape.secretsOfficerGroupObjectIds.join(", "), remedy: "Leave it out" },
  );
  problems.require(
    !shape.recoverDeleted,
    "recoverDeleted",
    "must be left out beside resourceId: a vault of somebody else's is not made here",
    { got: shape.recoverDeleted, remedy: "Leave it out" },
  );
  return { theirs: { resourceId, name: nameInId(resourceId) ?? "" } };
}
