import { nameInId } from "../../../azure/arm-id";
import { checkId } from "../../../azure/check-id";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import type { KeyVaultRef } from "./key-vault-ref";
import { keyVaultShape, type KeyVaultShape } from "./shape";

/** A checked vault: which one it is, and how nodes reach it. */
export interface KeyVaultPlan extends NetworkUser {
  readonly ref: KeyVaultRef;
  /** Minutes after which nodes look for new versions of mounted secrets. */
  readonly rotationMinutes: number;
  /** Who approves a private endpoint of our own, `null` where there is none. */
  readonly approval: "automatic" | "manual" | null;
}

/**
 * All decisions about a vault.
 * @throws MisconfiguredError
 */
export function planKeyVault(name: string, given: KeyVaultShape): KeyVaultPlan {
  const subject = `Key Vault '${name}'`;
  const { resourceId, rotationMinutes, privateEndpoint } = readShape(keyVaultShape, given, subject);
  const problems = new Problems();
  checkId({ token: "keyvault:Vault", what: "Key Vault" }, resourceId, "resourceId", problems);
  problems.throwIfAny(subject);
  const vault = nameInId(resourceId);
  if (vault === undefined) throw new Error(`${subject}: the checks let an ID without a name pass`);
  return {
    ref: { resourceId, name: vault },
    rotationMinutes,
    approval: privateEndpoint?.approval ?? null,
    infiniband: false,
    // Source: https://learn.microsoft.com/azure/key-vault/general/private-link-service
    subnets:
      privateEndpoint === undefined
        ? []
        : [{ role: "endpoints", addresses: 1, what: "the private endpoint of the Key Vault" }],
  };
}
