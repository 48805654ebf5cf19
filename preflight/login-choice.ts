import { findCloud, type Cloud, clouds } from "../catalog/clouds";
import { isUuid } from "../core/names";
import { show } from "../core/problems";

/** What can be fixed by logging in otherwise, or by saying which subscription is meant. */
export class LoginError extends Error {}

/** Reads one setting as the provider does: from the stack file, else from the environment. */
export type Setting = (key: string, ...variables: readonly string[]) => string | undefined;

/** How the provider would log in. */
export interface LoginChoice {
  readonly way: "default" | "certificate" | "secret" | "oidc" | "managed identity" | "az";
  /** Null where nothing names one. */
  readonly cloud: Cloud | null;
  /** Subscription that is asked. */
  readonly subscriptionId: string | null;
  /** Subscription that `up` would use; null where nothing names one: then the login of `az` says it. */
  readonly ownSubscriptionId: string | null;
  readonly tenantId: string | null;
  readonly clientId: string | null;
}

/**
 * Chooses as the provider does, in its order, so that what is asked here and what `up` does have the same rights.
 * Source: pulumi/pulumi-azure-native:provider/pkg/provider/auth_azidentity.go (2026)
 * @param asked Subscription that is asked in place of that which `up` would use, null for the same.
 * @throws LoginError for a cloud that the provider does not know, for an ID that is none, and for a way that lacks one
 */
export function chooseLogin(setting: Setting, asked: string | null = null): LoginChoice {
  const environment = setting("environment", "ARM_ENVIRONMENT", "AZURE_ENVIRONMENT");
  const cloud = environment === undefined ? null : (findCloud(environment) ?? unknownCloud(environment));
  const way = wayOf(setting);
  const ownSubscriptionId = setting("subscriptionId", "ARM_SUBSCRIPTION_ID")?.toLowerCase() ?? null;
  const choice = {
    way,
    cloud,
    subscriptionId: asked ?? ownSubscriptionId,
    ownSubscriptionId,
    tenantId: setting("tenantId", "ARM_TENANT_ID")?.toLowerCase() ?? null,
    clientId: setting("clientId", "ARM_CLIENT_ID") ?? null,
  };
  const lacking = needed[way].filter((it) => choice[it] === null);
  const given = { ...choice, subscriptionId: ownSubscriptionId };
  const problems = [
    ...all.flatMap((it) => {
      const [value, rule] = [given[it], rules[it]];
      const unused = it === "clientId" && (way === "az" || way === "default");
      return value === null || unused || rule.holds(value)
        ? []
        : `${keyOf(it)} must be ${rule.words}; got ${show(value)}`;
    }),
    ...(lacking.length === 0 ? [] : [`A login by ${words[way]} needs ${lacking.map(keyOf).join(" and ")}`]),
  ];
  if (problems.length > 0) throw new LoginError(problems.join("\n"));
  return choice;
}

function wayOf(setting: Setting): LoginChoice["way"] {
  const yes = (key: string, variable: string): boolean => setting(key, variable) === "true";
  if (yes("useDefaultAzureCredential", "ARM_USE_DEFAULT_AZURE_CREDENTIAL")) return "default";
  if (setting("clientCertificatePath", "ARM_CLIENT_CERTIFICATE_PATH") !== undefined) return "certificate";
  if (setting("clientSecret", "ARM_CLIENT_SECRET") !== undefined) return "secret";
  if (yes("useOidc", "ARM_USE_OIDC")) return "oidc";
  return yes("useMsi", "ARM_USE_MSI") ? "managed identity" : "az";
}

const all = ["subscriptionId", "tenantId", "clientId"] as const;
const needed: Readonly<Record<LoginChoice["way"], readonly (typeof all)[number][]>> = {
  default: ["subscriptionId"],
  certificate: all,
  secret: all,
  oidc: all,
  "managed identity": ["subscriptionId"],
  az: [],
};

const variables = {
  subscriptionId: "ARM_SUBSCRIPTION_ID",
  tenantId: "ARM_TENANT_ID",
  clientId: "ARM_CLIENT_ID",
} as const;

const uuid = { words: "a UUID, and not all zeros", holds: isUuid };
/** Entra ID knows a tenant by its ID and by each of its domains. */
const tenant = {
  words: "a UUID or a domain",
  holds: (it: string) => isUuid(it) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(it),
};
const rules = { subscriptionId: uuid, tenantId: tenant, clientId: uuid } as const;

function keyOf(id: (typeof all)[number]): string {
  return `azure-native:${id} (or ${variables[id]})`;
}

const words: Readonly<Record<LoginChoice["way"], string>> = {
  default: "the default credential of Azure's SDK",
  certificate: "a certificate",
  secret: "a client secret",
  oidc: "OIDC",
  "managed identity": "a managed identity",
  az: "az",
};

function unknownCloud(name: string): never {
  throw new LoginError(`The provider knows no cloud ${name}. It knows ${clouds.map((it) => it.name).join(", ")}`);
}
