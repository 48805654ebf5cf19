import type { KeyArgs } from "@pulumi/azure-native/keyvault/key";
import { publicRanges } from "../../../azure/public-ranges";
import type { Place } from "../../../catalog/place";
import { namesOfState } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { closedVault, type ClosedVault } from "../closed-vault";
import { secretsKeyShape, type SecretsKeyShape } from "./shape";

/** A checked key and its vault: what to ask of Azure. */
export interface SecretsKeyPlan {
  readonly vault: ClosedVault;
  readonly keyName: string;
  readonly properties: KeyArgs["properties"];
}

/**
 * All decisions of one key.
 * @param name Whose secrets it is for, for example `dev`: part of the name of the vault.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planSecretsKey(name: string, given: SecretsKeyShape, place: Place): SecretsKeyPlan {
  const subject = `Key of secrets '${name}'`;
  const { allowedRanges, recoverDeleted } = readShape(secretsKeyShape, given, subject);
  const problems = new Problems();
  const ranges = publicRanges(allowedRanges, "allowedRanges", problems);
  const vault = closedVault(
    {
      role: "state",
      sku: "standard",
      trustedServices: false,
      publicAddress: ranges.length > 0,
      allowedRanges: ranges,
      recover: recoverDeleted,
    },
    { ...place, names: namesOfState(name, place.names) },
    problems,
  );
  problems.throwIfAny(subject);
  return {
    vault,
    keyName: "pulumi",
    // No rotation by itself: Pulumi decrypts with the version that its address names, and with the newest where it names none, so that a new
    // version alone would make what an older one encrypted unreadable. The runbook says how to rotate.
    // Source: google/go-cloud:secrets/azurekeyvault/akv.go (Decrypt, v0.46.0)
    properties: { kty: "RSA", keySize: 3072, keyOps: ["encrypt", "decrypt"] },
  };
}
