import type { KeyVaultPlan } from "../components/identity/key-vault/plan";
import type { InfraPlan } from "./plan-infra";

/** Name of the vault for secrets that this stack makes itself, null where it makes none. */
export function ownVaultName({ parts }: Pick<InfraPlan, "parts">): string | null {
  const plan = parts.find(({ key }) => key === "keyVault")?.plan as KeyVaultPlan | undefined;
  return plan === undefined || "theirs" in plan.vault ? null : plan.vaultName;
}
