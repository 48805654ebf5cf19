import { z } from "zod";
import { cloudOfRegion, publicCloud } from "../catalog/clouds";
import { findRegion, normaliseRegion, regions } from "../catalog/regions";
import { closestHint, closestNames } from "../core/closest-names";
import { isUuid } from "../core/names";
import { joinPath, type Problems, showKey } from "../core/problems";
import { schemaProblems } from "../core/schema-problems";
import { projectName, sections } from "./config/sections";

type Values = Readonly<Record<string, string>>;

const uuid = z.string().refine(isUuid, "must be a UUID, and not all zeros");
const boolean = z.enum(["true", "false"]);

/** Keys of `azure-native`, by what their values must be. Source: config/vars.d.ts of @pulumi/azure-native. */
const azureKeys: Readonly<Record<string, z.ZodType>> = {
  location: z.string(),
  subscriptionId: uuid,
  tenantId: uuid,
  clientId: uuid,
  partnerId: uuid,
  // The regions of the catalogue are those of the public cloud.
  environment: z.literal("public"),
  useOidc: boolean,
  useMsi: boolean,
  useDefaultAzureCredential: boolean,
  disableInstanceDiscovery: boolean,
  disablePulumiPartnerId: boolean,
  // The provider takes three at most, as Azure does.
  auxiliaryTenantIds: z.array(uuid).max(3),
};

const azureSecrets = ["clientSecret", "clientCertificatePassword", "oidcToken", "oidcRequestToken"];

/** Keys of the engine itself. */
const pulumiKeys: Readonly<Record<string, z.ZodType>> = {
  "disable-default-providers": z.array(z.string()),
  tags: z.record(z.string(), z.string()),
};

/** Checks every key that is not this project's: an unknown one would silently do nothing, and a secret is already lost. */
export function checkProviderKeys(values: Values, problems: Problems): void {
  for (const [full, value] of Object.entries(values)) {
    const [namespace = "", name = ""] = full.split(/:(.*)/s);
    const path = showKey(full);
    if (namespace === "azure-native" && azureSecrets.includes(name)) {
      problems.add({
        path,
        rule: "must not be in a stack file: this project is keyless",
        remedy: "Remove it, rotate the secret, and use az login, a managed identity or OIDC",
      });
    } else if (namespace === "azure-native" || namespace === "pulumi") {
      const known = namespace === "pulumi" ? pulumiKeys : azureKeys;
      const shape = Object.hasOwn(known, name) ? known[name] : undefined;
      if (shape === undefined) problems.add({ path, ...unknownKey(name, namespace, Object.keys(known)) });
      else if (isSecured(value)) problems.add({ path, ...secured });
      else if (name !== "location") checkValue(path, shape, value, problems);
    } else if (namespace === "kubernetes") {
      problems.add({
        path,
        rule: "must not be set: the program makes its own Kubernetes provider from the cluster it makes",
        remedy: "Remove it",
      });
    } else if (namespace !== projectName) {
      problems.add({ path, rule: "belongs to no package that this project uses", remedy: whoseKey(name) });
    }
  }
}

/** What the CLI encrypts stands below the key `secure`, at any depth. */
function isSecured(value: string): boolean {
  return /^\s*[[{].*"secure"\s*:/s.test(value);
}

const secured = {
  rule: "must not be a secret: the engine would take what is encrypted for the value",
  remedy: "Write the value in plain text, or remove it and rotate it if it is a secret",
};

/** The region, in Azure's own spelling. */
export function readLocation(given: string | undefined, problems: Problems): string | undefined {
  if (given === undefined || given.trim() === "") {
    problems.add({
      path: "azure-native:location",
      rule: "must be given: the Azure region",
      remedy: "pulumi config set azure-native:location eastus",
    });
    return undefined;
  }
  if (isSecured(given)) return undefined;
  const name = /^\s*[[{]/.test(given) ? "" : normaliseRegion(given);
  if (findRegion(name) !== undefined) return name;
  const cloud = cloudOfRegion(name);
  if (cloud !== publicCloud) {
    problems.require(false, "azure-native:location", "must be a region of Azure's public cloud", {
      got: given,
      remedy: `It is of the cloud ${cloud.name}, which is not supported: the catalogue has neither its sizes nor its prices. docs/sizes.md lists the regions`,
    });
    return undefined;
  }
  problems.require(false, "azure-native:location", "must be an Azure region of the catalogue (docs/sizes.md)", {
    got: given,
    remedy: closestHint(normaliseRegion(given), regions.keys(), "docs/sizes.md lists them"),
  });
  return undefined;
}

/** The subscription in one form: Azure compares IDs without case, but what names are made of them does not. */
export function subscriptionOf(values: Values): string | undefined {
  return values["azure-native:subscriptionId"]?.toLowerCase();
}

function checkValue(path: string, shape: z.ZodType, text: string, problems: Problems): void {
  const value = decodeJson(text);
  const result = shape.safeParse(value);
  if (result.success) return;
  for (const problem of schemaProblems(shape, value, result.error.issues)) {
    problems.add({ ...problem, path: joinPath(path, problem.path), remedy: remedyFor(path, problem.remedy) });
  }
}

function remedyFor(path: string, remedy = "Remove it"): string {
  return path.endsWith("Id") ? "az account show prints the IDs of your subscription and tenant" : remedy;
}

/** Lists and mappings arrive as JSON. What does not parse stays text, which no list or mapping takes. */
function decodeJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

function unknownKey(name: string, namespace: string, known: readonly string[]): { rule: string; remedy: string } {
  const near = closestNames(name, known, 1)[0];
  return {
    rule: "is not a known key; unknown keys are never ignored",
    remedy: near === undefined ? `Remove it; ${whoseKey(name)}` : `Did you mean ${namespace}:${near}?`,
  };
}

/** Which package a key is of, by its name after the colon. */
function whoseKey(name: string): string {
  const own = closestNames(name, Object.keys(sections.shape), 1)[0];
  const azure = closestNames(name, Object.keys(azureKeys), 1)[0];
  if (own !== undefined && (azure === undefined || own.toLowerCase() === name.toLowerCase()))
    return `Did you mean ${projectName}:${own}?`;
  if (azure !== undefined) return `Did you mean azure-native:${azure}?`;
  return `Keys here begin with ${projectName}:, azure-native: or pulumi:`;
}
