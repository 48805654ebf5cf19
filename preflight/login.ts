import { readFileSync } from "node:fs";
import type * as IdentityLibrary from "@azure/identity";
import type { Cloud } from "../catalog/clouds";
import { tokenExchangeAudience } from "../catalog/entra";
import { text } from "../core/property-tree";
import { azureWords } from "./azure-words";
import { type LoginChoice, LoginError, type Setting } from "./login-choice";
import type { Identity } from "./preflight-facts";

/** A login that works: somebody gave a token for it. */
export interface Login {
  readonly credential: IdentityLibrary.TokenCredential;
  readonly identity: Identity;
}

/**
 * Logs in by Azure's own library.
 * @throws LoginError in the words of who refuses, and with what to do
 */
export async function logIn(choice: LoginChoice, cloud: Cloud, setting: Setting, signal: AbortSignal): Promise<Login> {
  const scope = `${cloud.resourceManager}/.default`;
  try {
    const credential = credentialOf(choice, cloud, setting);
    const first = await credential.getToken(scope, { abortSignal: signal });
    if (first === null) throw new LoginError(`Nobody gives a token for ${cloud.resourceManager}`);
    return {
      // One run takes less than a minute: it asks for one token, since az takes a second for each.
      credential: {
        getToken: async (scopes, options) =>
          options?.claims === undefined ? first : credential.getToken(scopes, options),
      },
      identity: identityOf(first.token),
    };
  } catch (error) {
    if (error instanceof LoginError) throw error;
    throw new LoginError(`${whyNot(error as Error)}\n${remedies[choice.way]}`);
  }
}

function credentialOf(
  { way, subscriptionId, tenantId, clientId }: LoginChoice,
  cloud: Cloud,
  setting: Setting,
): IdentityLibrary.TokenCredential {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by what makes it quick: cli/start.cjs
  const library = require("@azure/identity") as typeof IdentityLibrary;
  const options = { authorityHost: cloud.authority };
  const tenant = tenantId ?? "";
  const client = clientId ?? "";
  switch (way) {
    case "default":
      return new library.DefaultAzureCredential({ ...options, ...(tenantId !== null && { tenantId }) });
    case "certificate":
      return new library.ClientCertificateCredential(
        tenant,
        client,
        {
          certificatePath: setting("clientCertificatePath", "ARM_CLIENT_CERTIFICATE_PATH") ?? "",
          ...optional("certificatePassword", setting("clientCertificatePassword", "ARM_CLIENT_CERTIFICATE_PASSWORD")),
        },
        options,
      );
    case "secret":
      return new library.ClientSecretCredential(
        tenant,
        client,
        setting("clientSecret", "ARM_CLIENT_SECRET") ?? "",
        options,
      );
    case "oidc":
      return new library.ClientAssertionCredential(tenant, client, () => oidcToken(setting), options);
    case "managed identity":
      return new library.ManagedIdentityCredential(clientId === null ? {} : { clientId });
    case "az":
      // By the subscription az finds the tenant; it takes one of the two.
      return new library.AzureCliCredential(
        tenantId === null ? optional("subscription", subscriptionId ?? undefined) : { tenantId },
      );
  }
}

function optional<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, string>);
}

/** The token of the pipeline, as the provider finds it: given, in a file, or asked of the service that runs the pipeline. */
async function oidcToken(setting: Setting): Promise<string> {
  const given = setting("oidcToken", "ARM_OIDC_TOKEN");
  if (given !== undefined) return given;
  const file = setting("oidcTokenFilePath", "ARM_OIDC_TOKEN_FILE_PATH");
  if (file !== undefined) return readFileSync(file, "utf8");
  const address = setting("oidcRequestUrl", "ACTIONS_ID_TOKEN_REQUEST_URL");
  const bearer = setting("oidcRequestToken", "ACTIONS_ID_TOKEN_REQUEST_TOKEN");
  if (address === undefined || bearer === undefined)
    throw new LoginError(
      "A login by OIDC needs ARM_OIDC_TOKEN, ARM_OIDC_TOKEN_FILE_PATH, or a pipeline that may ask for a token (permission id-token: write)",
    );
  const url = new URL(address);
  url.searchParams.set("audience", setting("oidcAudience", "ARM_OIDC_AUDIENCE") ?? tokenExchangeAudience);
  const answer = await fetch(url, { headers: { Accept: "application/json", Authorization: `Bearer ${bearer}` } });
  const token = text(await answer.json(), "value");
  if (token === undefined) throw new LoginError(`The pipeline gives no token: HTTP status ${answer.status}`);
  return token;
}

/** Who a token is of. Its content is not proven here, nor is anything decided by it: Azure does that. */
function identityOf(token: string): Identity {
  const claims = claimsOf(token.split(".")[1] ?? "");
  return { objectId: text(claims, "oid") ?? null, tenantId: text(claims, "tid") ?? null };
}

function claimsOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    return {};
  }
}

function whyNot({ message }: Error): string {
  // The library adds pages on how to find out more; the first sentence says what it is.
  const first = message.split(/\r?\n/).find((it) => it.trim() !== "") ?? "no reason was given";
  return `Not logged in: ${azureWords(first)}`;
}

const remedies: Readonly<Record<LoginChoice["way"], string>> = {
  az: "Log in with az login, with --tenant where the subscription is another tenant's.",
  default:
    "The default credential tries the environment, a workload identity, a managed identity, and the tools that log in.",
  certificate: "Look at ARM_CLIENT_ID, ARM_TENANT_ID and ARM_CLIENT_CERTIFICATE_PATH.",
  secret: "Look at ARM_CLIENT_ID, ARM_TENANT_ID and ARM_CLIENT_SECRET: secrets end.",
  oidc: "Look at ARM_CLIENT_ID and ARM_TENANT_ID, and at the subject of the federated credential.",
  "managed identity": "A managed identity answers on the machine that has it, and nowhere else.",
};
