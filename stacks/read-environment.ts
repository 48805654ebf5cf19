import { queriedPrivately } from "../components/monitoring/managed-prometheus/plan";
import { placeOf } from "../catalog/place";
import { defaultLock, findLock } from "../catalog/version-locks";
import { sizesWith } from "../catalog/sizes-with";
import { nameSuffix } from "../core/names";
import { planEnvironmentBudget } from "../components/foundation/environment-budget/plan";
import { planEnvironmentHours } from "../components/foundation/environment-hours/plan";
import type { KeyVaultPlan } from "../components/identity/key-vault/plan";
import type { NetAppFilesPlan } from "../components/storage/netapp-files/plan";
import type { PlatformPlan } from "../components/platform/plan-platform";
import { MisconfiguredError, Problems, show } from "../core/problems";
import { isRecord } from "../core/property-value";
import { type DeprecatedOption, deprecatedOptions, renameOptions } from "./deprecated-options";
import { checkExceptions } from "./check-exceptions";
import { checkGrants } from "./check-grants";
import { checkHours } from "./check-hours";
import { checkHomes, type HomesPool } from "./check-homes";
import { type ModelMeans, planModels } from "./check-models";
import { checkLock } from "./check-lock";
import { checkPlatform } from "./check-platform";
import { checkQueues } from "./check-queues";
import { checkSizesUsed } from "./check-sizes";
import { checkLustreVault, checkPeersOutside, checkSurroundings } from "./check-surroundings";
import { checkStackName } from "./check-stack-name";
import { checkTeams } from "./check-teams";
import { checkProviderKeys, readLocation, subscriptionOf } from "./provider-keys";
import { readRawSections } from "./raw-sections";
import { planInfra, type InfraPlan, type PlannedInfra } from "./plan-infra";
import { environmentLayers, type LayerName } from "./config/layers";
import { planBootstrap } from "./plan-bootstrap";
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
export function readEnvironment(
  { stack, values, today }: StackConfig,
  options: readonly DeprecatedOption[] = deprecatedOptions,
): Environment {
  const problems = new Problems();
  const { raw, deprecations } = renameOptions(readRawSections(values, problems), options, problems);
  const parsed = parseSections(raw, problems);
  const location = readLocation(values["azure-native:location"], problems);
  checkProviderKeys(values, problems);
  const { environment } = parsed;
  const ofItsOwn = (parsed.layers ?? environmentLayers).some((it) => it === "infra" || it === "bootstrap");
  const madeBy = ofItsOwn ? undefined : (parsed.handover ?? null);
  const named = checkStackName({ stack, madeBy }, environment?.kind, problems);
  const layers = checkLayers(parsed, raw, problems);

  const kind = environment?.kind ?? "prod";
  const names = {
    workload: environment?.workload ?? "gpu",
    environment: named,
    // A stand-in, so that what is told of the region is not told again of each name with it.
    location: location ?? "region",
    // Only what never changes: a new suffix is a new storage account, and the data stay in the old one.
    suffix: nameSuffix(subscriptionOf(values) ?? "", named, location ?? ""),
  };
  // Contradictions are looked for even when a value is wrong, so that one run tells as much as can be told. Next to
  // such a value, which was left out, a complaint that something is missing would only be its echo.
  const found = new Problems();
  const sizes = sizesWith(parsed.vmSizes ?? {}, found);
  const place = { ...placeOf({ location: location ?? "", names }, today), sizes };
  checkSizesUsed(Object.keys(parsed.vmSizes ?? {}), raw, found);
  const delivery = layers.includes("bootstrap") ? parsed.delivery : undefined;
  const bootstrap =
    delivery === undefined ? null : planBootstrap(delivery, { place, subscriptionId: subscriptionOf(values) }, found);
  const planned = layers.includes("infra") ? planInfra(parsed, { ...place, kind }, found) : null;
  if (parsed.existingNetwork !== undefined) {
    const { virtualNetworkResourceId } = parsed.existingNetwork;
    checkSurroundings(virtualNetworkResourceId, { subscriptionId: subscriptionOf(values), names }, found);
  }
  const lustreKey = parsed.storage?.lustre?.customerManagedKey;
  if (lustreKey !== undefined)
    checkLustreVault(lustreKey.vaultResourceId, { subscriptionId: subscriptionOf(values) }, found);
  const given = environment?.budget;
  const budget = given && found.attempt("environment.budget", () => planEnvironmentBudget("env", given, place));
  found.require(
    given === undefined || layers.includes("infra"),
    "environment.budget",
    "belongs to the stack that makes infra: what it counts is made there",
    { remedy: "Move it to that stack's file" },
  );
  const off = environment?.off;
  const hours = off && found.attempt("environment", () => planEnvironmentHours("env", off, place));
  // State and keys are data, whatever the rules that they are judged by.
  const protect = environment?.protect ?? (kind !== "dev" || layers.includes("bootstrap"));
  if (off !== undefined) checkHours(off, parsed, { kind, protect, layers }, found);
  checkPeersOutside(parsed.network?.peers ?? {}, { subscriptionId: subscriptionOf(values), names }, found);
  const lock = findLock(environment?.versions ?? defaultLock);
  checkLock(lock, today, found);
  const candidate = {
    ...place,
    stack,
    kind,
    lock,
    tags: {
      project: projectName,
      environment: named,
      // The policy pack sees resources and no stack file: by this it knows which rules are meant.
      environmentKind: kind,
      managedBy: "pulumi",
      owner: environment?.owner ?? "",
      costCenter: environment?.costCenter ?? "",
      dataClass: environment?.dataClass ?? "internal",
    },
    protect,
    hours: hours ?? null,
    budget: budget ?? null,
    ceilingUsdPerMonth: environment?.ceilingUsdPerMonth ?? null,
    expectedUse: environment?.expectedUse ?? {},
    deprecations,
    layers,
    handover: parsed.handover ?? null,
    login: parsed.login ?? "azurecli",
    bootstrap,
    infra: planned === null ? null : whole(planned),
    platform: parsed.platform ?? {},
    teams: teamKindNames.flatMap((kind) =>
      Object.entries(parsed[teamSectionName(kind)] ?? {}).map(([team, rest]) => ({ kind, team, ...rest })),
    ),
  };
  let platformPlan: PlatformPlan | null = null;
  if (planned !== null) {
    const [gpuPools, cpuPools] = [planned.gpuPools.map((it) => it.ref), planned.cpuPools.map((it) => it.ref)];
    const declared = { gpuPools: keysAt(raw, "gpuPools"), cpuPools: keysAt(raw, "cpuPools") };
    // One that could not be read has problems of its own.
    const keyVault = "keyVault" in raw ? { name: vaultOf(planned)?.vaultName ?? "" } : undefined;
    // As for a cluster that could not be planned.
    const fqdnPolicies = planned.cluster?.fqdnPolicies !== false;
    const things = { gpuPools, cpuPools, declared, fqdnPolicies, ...(keyVault && { keyVault }) };
    checkTeams(candidate.teams, things, found);
    const { storage } = raw;
    // One that could not be read has problems of its own.
    const declaredPool = isRecord(storage) && "netapp" in storage;
    const otherVolumes = keysAt(raw, "scaleSets").length;
    checkHomes(candidate.teams, poolOf(planned), { declared: declaredPool, otherVolumes }, found);
    // What an add-on seems to lack may stand in a pool that could not be read.
    if (gpuPools.length === declared.gpuPools.length) {
      const allRead = cpuPools.length === declared.cpuPools.length;
      platformPlan = checkPlatform(
        candidate,
        { pools: gpuPools, ...(allRead && { cpuPools }), registryUnread: "containerRegistry" in raw },
        found,
      );
      if (platformPlan !== null) {
        const { queues = null, modelGateway = null, scratchStorageClass } = platformPlan.handsOver;
        checkQueues(candidate.teams, gpuPools, queues, found);
        const means = {
          ...{ gpuPools, cpuPools, gateway: modelGateway, scratchStorageClass },
          blob: parsed.storage?.blob !== undefined,
          keda: planned.cluster?.keda === true,
          metrics: metricsOf(parsed),
          groups: candidate.platform.leaderWorkerSet !== false,
        };
        planModels(candidate.teams, means, found);
      }
    }
  }
  checkExceptions(candidate, found);
  checkGrants(parsed.cluster?.adminGroupObjectIds ?? [], candidate.teams, parsed.registries ?? {}, found);
  const things = new Set(problems.list.map(thingOf));
  // A size that was declared and could not be read is not one that nobody knows.
  const unread = keysAt(raw, "vmSizes")
    .filter((name) => !sizes.has(name))
    .map(show);
  for (const problem of found.list) {
    // Nor is a pool none that stands in a section which could not be read.
    if (problem.path.endsWith(".pool") && "gpuPools" in raw && !isRecord(raw["gpuPools"])) continue;
    if (problem.path.endsWith(".size") && unread.includes(problem.got ?? "")) continue;
    if (problem.got !== undefined || !things.has(thingOf(problem))) problems.add(problem);
  }
  if (problems.list.length > 0) throw new MisconfiguredError(`Stack '${stack}'`, inFileOrder(problems.list, raw));
  return { ...candidate, platformPlan };
}

/** The pool that volumes are made in. */
function poolOf({ parts }: PlannedInfra): HomesPool | undefined {
  const plan = parts.find(({ key }) => key === "netapp")?.plan;
  return plan === undefined ? undefined : (plan as NetAppFilesPlan).ref;
}

/** The vault that teams mount secrets of. */
function vaultOf({ parts }: PlannedInfra): KeyVaultPlan | undefined {
  const plan = parts.find(({ key }) => key === "keyVault")?.plan;
  return plan === undefined ? undefined : (plan as KeyVaultPlan);
}

/** Whether somebody in the cluster can read the metrics that the environment keeps. */
function metricsOf({ metrics }: Parsed): ModelMeans["metrics"] {
  if (metrics === undefined) return "none";
  return queriedPrivately(metrics.workspace) ? "private" : "readable";
}

/** Keys of a section as it stands in the file. */
function keysAt(raw: Readonly<Record<string, unknown>>, section: string): string[] {
  const value = raw[section];
  return isRecord(value) ? Object.keys(value) : [];
}

/** The plan of a file without a fault in network and cluster; with one the file is refused. */
function whole({ network, cluster, ...rest }: PlannedInfra): InfraPlan | null {
  return network === undefined || cluster === undefined ? null : { ...rest, network, cluster };
}

/** Sections as far as they could be read. */
type Parsed = { readonly [K in keyof Sections]?: Sections[K] | undefined };

/** Sections of a file of which some could not be read. */
const readableSections = sections.partial();

/** Parses the sections; what has the wrong shape is told and left out, so that the rest can still be checked. */
function parseSections(raw: Readonly<Record<string, unknown>>, problems: Problems): Parsed {
  const whole = sections.safeParse(raw);
  if (whole.success) return whole.data;
  // What was told and left out before would only be told to be missing.
  const told = new Set(problems.list.map(({ path }) => path));
  for (const problem of schemaProblems(sections, raw, whole.error.issues)) {
    if (!told.has(problem.path)) problems.add(problem);
  }
  return readableSections.parse(withoutFaults(readableSections, raw));
}

/** Each section belongs to a layer; a section of a layer that this stack does not make would do nothing. */
function checkLayers(parsed: Parsed, raw: Readonly<Record<string, unknown>>, problems: Problems): readonly LayerName[] {
  const layers = parsed.layers ?? environmentLayers;
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
    const example = (section: string): string => `Add ${projectName}:${section}; stacks/Pulumi.dev.yaml has an example`;
    if (!("cluster" in raw)) {
      problems.add({ path: "cluster", rule: "must be given: layer infra needs it", remedy: example("cluster") });
    }
    const networks = ["network", "existingNetwork"].filter((it) => it in raw);
    if (networks.length === 0) {
      const rule = "must be given: layer infra needs it, or existingNetwork";
      problems.add({ path: "network", rule, remedy: example("network") });
    }
    if (networks.length === 2) {
      const rule = "must be left out beside network: an environment is in one network";
      problems.add({ path: "existingNetwork", rule, remedy: "Remove one of the two" });
    }
  }
  if (layers.includes("bootstrap")) {
    problems.require(
      layers.length === 1,
      "layers",
      "must name bootstrap alone: whoever deploys an environment could give rights to its own pipeline",
      { got: layers.join(", "), remedy: "Make bootstrap a stack of its own, and leave it out here" },
    );
    if (!("delivery" in raw)) {
      const remedy = `Add ${projectName}:delivery; stacks/Pulumi.bootstrap.yaml has an example`;
      problems.add({ path: "delivery", rule: "must be given: layer bootstrap makes what it says", remedy });
    }
    problems.require(!("handover" in raw), "handover", "must be absent: layer bootstrap reads no other", {
      remedy: "Remove it",
    });
    if (layers.length === 1) return layers;
  }
  const needsHandover = !layers.includes("infra") || (layers.includes("tenants") && !layers.includes("platform"));
  const given = "handover" in raw;
  problems.require(
    given || !needsHandover,
    "handover",
    "must be given: this stack reads the layers that it does not make",
    { remedy: "Write organization/project/stack of the stack that makes them" },
  );
  problems.require(!given || needsHandover, "handover", "must be absent: this stack reads no other layer", {
    remedy: "Remove it, or leave the layers that another stack makes out of layers",
  });
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
