import { commandText } from "../core/command-text";
import { parseArmId } from "../azure/arm-id";
import { read, text } from "../core/property-tree";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok } from "./line";
import { type Answer, get, unanswered } from "./question";

/** A vault of somebody else, and where the file system is that its key encrypts. */
interface VaultNeed {
  readonly id: string;
  readonly location: string;
  readonly subscriptionId: string;
}

/**
 * Vaults of others that a key of Managed Lustre lies in: in its subscription and region, and set as it asks for.
 * Source: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/customer-managed-encryption-keys.md (2024-11-11)
 */
export const lustreVaults: Check<readonly VaultNeed[], readonly Answer[]> = {
  name: "Lustre key vault",
  needs: ({ location, subscriptionId, resources }) => {
    const planned = new Set(resources.map((it) => it.id.toLowerCase()));
    const needs = resources.flatMap(({ arm, inputs }) => {
      const id = text(inputs, "encryptionSettings.keyEncryptionKey.sourceVault.id");
      if (arm !== "Microsoft.StorageCache/amlFilesystems" || id === undefined || planned.has(id.toLowerCase()))
        return [];
      return [{ id, location: text(inputs, "location") ?? location, subscriptionId }];
    });
    return needs.length === 0 ? null : needs;
  },
  ask: (needs, ask) =>
    Promise.all(
      needs.map(({ id }) =>
        ask(
          get(id, {
            apiVersion: armVersions.keyVault,
            right: "Microsoft.KeyVault/vaults/read",
            has: "properties",
          }),
        ),
      ),
    ),
  judge: (needs, answers) =>
    needs.flatMap((it, at) => {
      const answer = answers[at];
      return answer === undefined ? [] : [judgeVault(it, answer)];
    }),
};

function judgeVault({ id, location, subscriptionId }: VaultNeed, answer: Answer): Finding {
  const subject = id.split("/").at(-1) ?? id;
  const need = `in ${location}, with purge protection, Azure RBAC and public access`;
  const theirs = parseArmId(id)?.subscriptionId ?? "";
  if (theirs.toLowerCase() !== subscriptionId.toLowerCase())
    return missing(
      subject,
      need,
      `in subscription ${theirs}`,
      `Name a key in a vault of ${subscriptionId}: ${noOther}`,
    );
  if (answer.kind === "absent")
    return missing(subject, need, "not there", `Look for it: ${commandText(["resource", "show", "--ids", id])}`);
  if (answer.kind !== "found") return unanswered(subject, need, answer);
  const region = (text(answer.body, "location") ?? "").toLowerCase().replaceAll(" ", "");
  if (region !== location)
    return missing(subject, need, `in ${region}`, `Name a key in a vault of ${location}: ${noOther}`);
  const wrong = settings.filter(({ key, wanted }) => !wanted(read(answer.body, `properties.${key}`)));
  if (wrong.length === 0) return ok(subject, need, "so it is");
  const update = ["keyvault", "update", "--name", subject, ...wrong.flatMap(({ argument }) => argument)];
  return missing(subject, need, `without ${wrong.map(({ what }) => what).join(", ")}`, commandText(update));
}

const noOther = "Lustre takes no other";

/** What Lustre asks of a vault, and how it is set. Absent is a value: both switches are off without a word, and access is public. */
const settings = [
  {
    key: "enablePurgeProtection",
    what: "purge protection",
    wanted: (it: unknown) => it === true,
    argument: ["--enable-purge-protection", "true"],
  },
  {
    key: "enableRbacAuthorization",
    what: "Azure RBAC",
    wanted: (it: unknown) => it === true,
    argument: ["--enable-rbac-authorization", "true"],
  },
  {
    key: "publicNetworkAccess",
    what: "public access",
    wanted: (it: unknown) => String(it).toLowerCase() !== "disabled",
    argument: ["--public-network-access", "Enabled"],
  },
] as const;
