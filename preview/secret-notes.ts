import { ownVaultName } from "../stacks/own-vault";
import type { Noted } from "./notes";

/**
 * Secrets that a team cannot have yet: its identity gets a right on each secret alone, and Azure gives none on what is not there, as it is
 * not in a vault that the same `up` makes.
 */
export function secretNotes({ environment: { layers, infra, teams } }: Noted): string[] {
  const vaultName = infra && ownVaultName(infra);
  const wanted = [...new Set(teams.flatMap(({ secrets = [] }) => secrets))].sort();
  const [first] = wanted;
  if (vaultName === null || !layers.includes("tenants") || first === undefined) return [];
  return [
    `secrets of teams: ${wanted.join(", ")} must be in the vault ${vaultName} before identities of teams get a right on them, and this up makes the vault. Leave secrets out of the teams for the first up, put them in (az keyvault secret set --vault-name ${vaultName} --name ${first}), and write them again`,
  ];
}
