import { closestHint, closestNames } from "../core/closest-names";
import { placeOf } from "../catalog/place";
import { findRegion, normaliseRegion, regions } from "../catalog/regions";
import { isUuid, nameSuffix } from "../core/names";
import { joinPath, MisconfiguredError, Problems, show } from "../core/problems";
import { checkPlatform } from "./check-platform";
import { checkTeams } from "./check-teams";
import { planInfra, type InfraPlan, type PlannedInfra } from "./plan-infra";
import { layerNames, type LayerName } from "./config/layers";
import { layerOf, projectName, sections, type Sections } from "./config/sections";
import { teamSectionName } from "./config/teams";
import { teamKindNames } from "../components/tenancy/kinds/team-kinds";
import { schemaProblems } from "../core/schema-problems";
import { withoutFaults } from "../core/without-faults";
import type { Environment } from "./environment";

/** What a stack file says, as the engine hands it to a program: full keys, values as text or JSON. */
export interface StackConfig {
  readonly stack: string;
  readonly values: Readonly<Record<string, string>>;
  /** ISO date that support of versions is judged on. */
  readonly today: string;
}

/**
 * Reads a stack's configuration strictly: unknown keys, wrong types, impossible values and contradictions are all told
 * in one error, before anything is registered.
 * @throws MisconfiguredError
 */
export function readEnvironment({ stack, values, today }: StackConfig): Environment {
  const problems = new Problems();
  const raw = readRawSections(values, problems);
  const parsed = parseSections(raw, problems);
  const location = readLocation(values["azure-native:location"], problems);
  checkAzureKeys(values, problems);
  checkStackName(stack, parsed.environment?.kind, problems);
  const layers = checkLayers(parsed, raw, problems);

  const subscription = values["azure-native:subscriptionId"];
  const { environment } = parsed;
  const kind = environment?.kind ?? "prod";
  const names = {
    workload: environment?.workload ?? "gpu",
    environment: stack,
    location: location ?? "",
    // Only what never changes: a new suffix is a new storage account, and the data stay in the old one.
    suffix: nameSuffix(subscription ?? "", stack, location ?? ""),
  };
  const place = placeOf({ location: location ?? "", names }, today);
  // Contradictions are looked for even when a value is wrong, so that one run tells as much as can be told. Next to
  // such a value, which was left out, a complaint that something is missing would only be its echo.
  const found = new Problems();
  const planned = layers.includes("infra") ? planInfra(parsed, { ...place, kind }, found) : null;
  const candidate: Environment = {
    ...place,
    stack,
    kind,
    tags: {
      project: projectName,
      environment: stack,
      // The policy pack sees resources and no stack file: by this it knows which rules are meant.
      environmentKind: kind,
      managedBy: "pulumi",
      owner: environment?.owner ?? "",
      costCenter: environment?.costCenter ?? "",
      dataClass: environment?.dataClass ?? "internal",
    },
    protect: environment?.protect ?? kind !== "dev",
    layers,
    handover: parsed.handover ?? null,
    login: parsed.login ?? "azurecli",
    infra: planned === null ? null : whole(planned),
    platform: parsed.platform ?? {},
    teams: teamKindNames.flatMap((kind) =>
      Object.entries(parsed[teamSectionName(kind)] ?? {}).map(([team, rest]) => ({ kind, team, ...rest })),
    ),
  };
  if (planned !== null) {
    const declared =
      typeof raw["gpuPools"] === "object" && raw["gpuPools"] !== null ? Object.keys(raw["gpuPools"]) : [];
    const pools = planned.gpuPools.map((it) => it.ref);
    checkTeams(candidate.teams, pools, declared, found);
    // What an add-on seems to lack may stand in a pool that could not be read.
    if (pools.length === declared.length) checkPlatform(candidate, pools, found);
  }
  const things = new Set(problems.list.map(thingOf));
  for (const problem of found.list) {
    if (problem.got !== undefined || !things.has(thingOf(problem))) problems.add(problem);
  }
  if (problems.list.length > 0) throw new MisconfiguredError(`Stack '${stack}'`, inFileOrder(problems.list, raw));
  return candidate;
}

/** The plan of a file without a fault in network and cluster; with one the file is refused. */
function whole({ network, cluster, ...rest }: PlannedInfra): InfraPlan | null {
  return network === undefined || cluster === undefined ? null : { ...rest, network, cluster };
}

/** Sections as far as they could be read. */
type Parsed = { readonly [K in keyof Sections]?: Sections[K] | undefined };

/** Splits `azure-gpu-cluster:<section>` keys and decodes their values. */
function readRawSections(values: StackConfig["values"], problems: Problems): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(values)) {
    const [namespace, name = ""] = key.split(/:(.*)/s);
    if (namespace !== projectName) continue;
    if (reservedKeys.includes(name)) problems.add({ path: show(name), rule: "is a reserved word and cannot be a key" });
    else raw[name] = lint(decode(text), name, problems);
  }
  return raw;
}

const reservedKeys = ["__proto__", "constructor", "prototype"];

/** Engine values are JSON for mappings and lists, and bare text for the rest. */
function decode(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

/** Refuses what a reviewer cannot see, and keys that would reach into JavaScript itself. */
function lint(value: unknown, path: string, problems: Problems): unknown {
  if (typeof value === "string") {
    const visible = !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(value);
    problems.require(visible, path, "must not hold control or invisible characters", { got: value });
    return value;
  }
  if (Array.isArray(value)) return value.map((item: unknown, at) => lint(item, joinPath(path, `[${at}]`), problems));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      if (reservedKeys.includes(key)) {
        problems.add({ path: joinPath(path, key), rule: "is a reserved word and cannot be a key" });
        return [];
      }
      if (key === "secure") {
        problems.add({
          path,
          rule: "must not be a secret: nothing in this section is one, and reviewers must be able to read it",
        });
        return [];
      }
      return [[key, lint(item, joinPath(path, key), problems)]];
    }),
  );
}

/** Parses the sections; what has the wrong shape is told and left out, so that the rest can still be checked. */
function parseSections(raw: Readonly<Record<string, unknown>>, problems: Problems): Parsed {
  const whole = sections.safeParse(raw);
  if (whole.success) return whole.data;
  for (const problem of schemaProblems(sections, raw, whole.error.issues)) problems.add(problem);
  return sections.partial().parse(withoutFaults(sections.partial(), raw));
}

function readLocation(given: string | undefined, problems: Problems): string | undefined {
  if (given === undefined || given.trim() === "") {
    problems.add({
      path: "azure-native:location",
      rule: "must be given: the Azure region",
      remedy: "pulumi config set azure-native:location eastus",
    });
    return undefined;
  }
  const name = normaliseRegion(given);
  if (findRegion(name) !== undefined) return name;
  problems.require(false, "azure-native:location", "must be an Azure region of the catalogue (docs/sizes.md)", {
    got: given,
    remedy: closestHint(name, regions.keys(), "docs/sizes.md lists them"),
  });
  return undefined;
}

/** Azure's own keys: an unknown one would silently do nothing, and a secret in plain text is already lost. */
function checkAzureKeys(values: StackConfig["values"], problems: Problems): void {
  const known = [
    "location",
    "subscriptionId",
    "tenantId",
    "clientId",
    "environment",
    "useOidc",
    "useMsi",
    "auxiliaryTenantIds",
    "partnerId",
    "disablePulumiPartnerId",
  ];
  const secret = ["clientSecret", "clientCertificatePassword", "oidcToken", "oidcRequestToken"];
  for (const key of Object.keys(values)) {
    const [namespace, name = ""] = key.split(/:(.*)/s);
    if (namespace === "azure-native") {
      if (secret.includes(name)) {
        problems.add({
          path: key,
          rule: "must not be in a stack file: this project is keyless",
          remedy: "Remove it, rotate the secret, and use az login, a managed identity or OIDC",
        });
      } else if (!known.includes(name)) {
        problems.add({
          path: key,
          rule: "is not a known key; unknown keys are never ignored",
          remedy: `Did you mean azure-native:${closestNames(name, known)[0] ?? "location"}?`,
        });
      }
    } else if (namespace !== projectName && namespace !== "pulumi" && namespace !== "kubernetes") {
      problems.add({
        path: key,
        rule: "belongs to no package that this project uses",
        remedy: `Did you mean ${projectName}:${name}?`,
      });
    } else if (namespace === "kubernetes") {
      problems.add({
        path: key,
        rule: "must not be set: the program makes its own Kubernetes provider from the cluster it makes",
      });
    }
  }
  for (const key of ["azure-native:subscriptionId", "azure-native:tenantId", "azure-native:clientId"]) {
    const value = values[key];
    if (value !== undefined)
      problems.require(isUuid(value), key, "must be a UUID, and not all zeros", {
        got: value,
      });
  }
}

function checkStackName(stack: string, kind: string | undefined, problems: Problems): void {
  problems.require(
    /^[a-z][a-z0-9-]{0,23}$/.test(stack),
    "stack",
    "name must be 1 to 24 lowercase letters, digits or hyphens and start with a letter: it is part of physical names",
    { got: stack },
  );
  const named = /^(dev|staging|prod)(-|$)/.exec(stack)?.[1];
  if (named === undefined || kind === undefined) return;
  problems.require(named === kind, "environment.kind", `must be ${named} in a stack named ${stack}`, { got: kind });
}

/** Each section belongs to a layer; a section of a layer that this stack does not make would do nothing. */
function checkLayers(parsed: Parsed, raw: Readonly<Record<string, unknown>>, problems: Problems): readonly LayerName[] {
  const layers = parsed.layers ?? layerNames;
  for (const [section, layer] of Object.entries(layerOf)) {
    if (section in raw && layer !== null && !layers.includes(layer)) {
      problems.add({
        path: section,
        rule: `belongs to layer ${layer}, which this stack does not make`,
        remedy: `Move it to the stack that makes ${layer}, or add ${layer} to layers`,
      });
    }
  }
  if (layers.includes("infra")) {
    if (!("cluster" in raw)) problems.add({ path: "cluster", rule: "must be given: layer infra needs it" });
    const networks = ["network", "existingNetwork"].filter((it) => it in raw);
    if (networks.length === 0) {
      problems.add({ path: "network", rule: "must be given: layer infra needs it, or existingNetwork" });
    }
    if (networks.length === 2) {
      problems.add({
        path: "existingNetwork",
        rule: "must be left out beside network: an environment is in one network",
      });
    }
  }
  const needsHandover = !layers.includes("infra") || (layers.includes("tenants") && !layers.includes("platform"));
  const given = "handover" in raw;
  problems.require(
    given || !needsHandover,
    "handover",
    "must be given: this stack reads the layers that it does not make",
    { remedy: "Write organization/project/stack of the stack that makes them" },
  );
  problems.require(!given || needsHandover, "handover", "must be absent: this stack reads no other layer");
  return layers;
}

/** The thing that a problem is about: `gpuPools.h100` for anything inside that pool. */
function thingOf({ path }: { readonly path: string }): string {
  return path.split(/[.[]/).slice(0, 2).join(".");
}

/** Problems in the order of the file, so that a reader goes through it once. */
function inFileOrder(list: Problems["list"], raw: Readonly<Record<string, unknown>>): Problems["list"] {
  const order = Object.keys(raw);
  const rank = ({ path }: { readonly path: string }): number => order.indexOf(path.split(/[.[]/)[0] ?? "");
  return [...list].sort((a, b) => rank(a) - rank(b));
}
