import { Problems } from "../core/problems";
import { subscriptionOf } from "../stacks/provider-keys";
import type { Repository } from "./repository";

/** Each of these wins over a login by Entra, without a word. Source: google/go-cloud:blob/azureblob/azureblob.go (2026-12-02) */
const keysOfStorage: readonly string[] = [
  "AZURE_STORAGE_KEY",
  "AZURE_STORAGE_SAS_TOKEN",
  "AZURE_STORAGE_CONNECTION_STRING",
];

/** What a plan would be made with. */
interface Place {
  readonly repository: Pick<Repository, "differing">;
  /** Whether files may differ from the commit. */
  readonly allowDirty: boolean;
  /** Variables that the provider and the backend read their credentials by. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Checks what a plan would be made with.
 * @param values Plain values of the stack file, by key
 * @returns the subscription that it is for
 * @throws MisconfiguredError with all that is wrong
 */
export function checkPlace(
  file: string,
  { repository, allowDirty, env }: Place,
  values: Readonly<Record<string, string>>,
): string | null {
  const problems = new Problems();
  const { differing } = repository;
  problems.require(
    differing.length === 0 || allowDirty,
    "commit",
    `must be all that is planned: ${someOf(differing)} ${differing.length === 1 ? "differs from it or is not in it" : "differ from it or are not in it"}`,
    { remedy: "Commit what the plan needs and move the rest out of the clone, or write --dirty" },
  );
  const named = subscriptionOf(values);
  const subscription = textIn(env, "ARM_SUBSCRIPTION_ID");
  problems.require(
    subscription === undefined || named === subscription,
    "azure-native:subscriptionId",
    `must be the subscription that ARM_SUBSCRIPTION_ID is for, ${subscription ?? ""}`,
    {
      ...(named !== undefined && { got: named }),
      remedy: "Plan it with the identity of its own environment, and write the subscription into the stack file",
    },
  );
  const [tenant, namedTenant] = [textIn(env, "ARM_TENANT_ID"), values["azure-native:tenantId"]?.toLowerCase()];
  problems.require(
    tenant === undefined || namedTenant === undefined || namedTenant === tenant,
    "azure-native:tenantId",
    `must be the tenant that ARM_TENANT_ID is for, ${tenant ?? ""}`,
    { got: namedTenant, remedy: "Plan it with the identity of its own environment" },
  );
  for (const it of keysOfStorage)
    problems.require(textIn(env, it) === undefined, it, "must not be set: the backend would take it for your login", {
      remedy: `unset ${it}`,
    });
  problems.throwIfAny(file);
  return named ?? null;
}

function textIn(env: Place["env"], name: string): string | undefined {
  const value = env[name]?.trim().toLowerCase();
  return value === "" ? undefined : value;
}

/** Names of files, cut where there are many. */
function someOf(files: readonly string[]): string {
  const most = 5;
  return files.length <= most ? files.join(", ") : `${files.slice(0, most).join(", ")} and ${files.length - most} more`;
}
