import type { ReleaseArgs } from "@pulumi/kubernetes/helm/v3/release";
import type { Alias } from "@pulumi/pulumi";
import type { z } from "zod";
import { gpuStackRows } from "../../catalog/gpu-stacks";
import { podSecurityVersion } from "../../catalog/kubernetes-versions";
import { labels, platformWorkload, podSecurityLabel } from "../../catalog/scheduling";
import { defaultLock, findLock, type VersionLock, versionsOf } from "../../catalog/version-locks";
import { type ChartVersion, versions } from "../../catalog/versions";
import { closestHint } from "../../core/closest-names";
import { Problems } from "../../core/problems";
import { keysOf } from "../../core/records";
import { readShape } from "../../core/shape";
import type {
  AddOn,
  AddOnContents,
  AddOnContext,
  KubernetesObject,
  KubernetesObjects,
  OwnNamespace,
  PlatformFacts,
} from "./add-on";
import { checkOwners } from "./check-owners";
import { checkRoom } from "./check-room";
import { checkVersions } from "./check-versions";
import { fetchedBy } from "./fetched";
import { checkMirrors, type Fetch, fetchesOf, fromMirrors } from "./image-mirrors";
import type { platformRef } from "./platform-ref";

/** One add-on, decided: whole bodies, to be registered as they are. */
export interface AddOnPlan {
  readonly key: string;
  readonly name: string;
  readonly aliases: readonly Alias[];
  /** Keys of the installed add-ons that must be there first. */
  readonly after: readonly string[];
  /** The namespace that it owns, null when it lives in another's or in none. */
  readonly namespace: KubernetesObject | null;
  /** Who may reach the pods in its namespace, null without one. */
  readonly ingress: KubernetesObject | null;
  readonly release: ReleaseArgs | null;
  readonly crds: KubernetesObjects;
  readonly objects: KubernetesObjects;
  readonly handsOver: z.output<typeof platformRef>;
}

/** The add-ons of a cluster, each behind those that it waits for, and what they hand over together. */
export interface PlatformPlan {
  readonly addOns: readonly AddOnPlan[];
  /** Charts and images that they fetch, by name. A closed network has copies of them first. */
  readonly fetches: readonly Fetch[];
  readonly handsOver: z.output<typeof platformRef>;
}

type Rows = Readonly<Record<string, AddOn>>;

/**
 * Decides which add-ons a cluster gets, in which order and with what in them.
 * @param choices Settings by key of an add-on. `false`: never. Absent: when the facts want it, or another add-on needs it.
 * @throws MisconfiguredError with every problem of rows and choices
 */
export function planPlatform(
  rows: Rows,
  choices: Readonly<Record<string, unknown>>,
  facts: PlatformFacts,
): PlatformPlan {
  const problems = new Problems();
  const keys = Object.keys(rows);
  for (const key of Object.keys(choices).filter((it) => !keys.includes(it))) {
    const remedy = closestHint(key, keys, `Add-ons: ${keys.join(", ")}`);
    problems.require(false, key, "is not an add-on", { remedy });
  }
  const order = inOrder(rows, problems);
  const { lock = findLock(defaultLock) } = facts;
  const installed = wantedOf(rows, choices, facts, problems);
  const addOns = order
    .filter(([key]) => installed.has(key))
    .flatMap(([key, row]) => {
      const plan = problems.attempt(key, () =>
        planAddOn([key, row], rows, choices[key] ?? {}, { facts, installed, lock }),
      );
      return plan === undefined ? [] : [plan];
    });
  if (facts.cpuPools !== undefined) checkRoom(pick(rows, installed), facts.cpuPools, problems);
  checkOwners(addOns, facts.pools, gpuStackRows, problems);
  checkVersions(addOns, { kubernetesVersion: facts.kubernetesVersion, lock }, problems);
  // Last: whoever looks at charts and images knows them by their public names.
  const mirrors = facts.imageMirrors ?? {};
  const fetched = addOns.map(fetchedBy);
  // Of an add-on that could not be planned nobody knows what it fetches.
  if (addOns.length === installed.size) checkMirrors(fetched, mirrors, problems);
  problems.throwIfAny("The platform");
  return {
    addOns: Object.keys(mirrors).length === 0 ? addOns : addOns.map((it) => fromMirrors(it, mirrors)),
    fetches: fetchesOf(fetched, mirrors),
    handsOver: addOns.reduce((all, it) => ({ ...all, ...it.handsOver }), {}),
  };
}

function pick(rows: Rows, keys: ReadonlySet<string>): Rows {
  return Object.fromEntries(Object.entries(rows).filter(([key]) => keys.has(key)));
}

/** Rows in their own order, but each behind those that it waits for. */
function inOrder(rows: Rows, problems: Problems): (readonly [string, AddOn])[] {
  const done = new Map<string, AddOn>();
  const visit = (key: string, row: AddOn, trail: readonly string[]): void => {
    if (done.has(key)) return;
    const path = [...trail, key];
    // Who is only waited for may be left out of the table: then it is not there, and nobody waits.
    for (const first of [...needsOf(row), ...row.after.filter((it) => it in rows)]) {
      const other = rows[first];
      if (other === undefined) {
        problems.require(false, key, "must need an add-on that exists", { got: first });
      } else if (path.includes(first)) {
        const circle = [...path.slice(path.indexOf(first)), first].join(" -> ");
        problems.require(false, key, `cannot wait for itself: ${circle}`);
      } else {
        visit(first, other, path);
      }
    }
    done.set(key, row);
  };
  for (const [key, row] of Object.entries(rows)) visit(key, row, []);
  return [...done];
}

/** Keys of the add-ons that are chosen, or not chosen and wanted, and of what those need. */
function wantedOf(
  rows: Rows,
  choices: Readonly<Record<string, unknown>>,
  facts: PlatformFacts,
  problems: Problems,
): ReadonlySet<string> {
  const wanted = new Set<string>();
  const want = (key: string, row: AddOn): void => {
    if (wanted.has(key)) return;
    wanted.add(key);
    for (const need of needsOf(row)) {
      const other = rows[need];
      if (choices[need] === false) {
        const remedy = `Remove it, or write ${key}: false as well`;
        problems.require(false, need, `cannot be left out: ${key} needs it`, { got: false, remedy });
      } else if (other !== undefined) {
        want(need, other);
      }
    }
  };
  for (const [key, row] of Object.entries(rows)) {
    const choice = choices[key];
    if (choice === undefined ? row.wanted?.holds(facts) === true : choice !== false) want(key, row);
  }
  return wanted;
}

/** Keys of the add-ons that one cannot do without. */
function needsOf({ needs, namespace }: AddOn): string[] {
  return [...needs, ...(namespace !== null && "of" in namespace ? [namespace.of] : [])];
}

function planAddOn(
  [key, row]: readonly [string, AddOn],
  rows: Rows,
  chosen: unknown,
  { facts, installed, lock }: Omit<AddOnContext<AddOn["settings"]>, "settings">,
): AddOnPlan {
  const subject = `Add-on '${key}'`;
  const settings = readShape(row.settings, chosen, subject);
  const problems = new Problems();
  const { values, crds, objects, handsOver } = row.contents({ settings, facts, installed, lock }, problems);
  const own = row.namespace !== null && "name" in row.namespace ? row.namespace : null;
  const shared = row.namespace !== null && "of" in row.namespace ? rows[row.namespace.of]?.namespace : null;
  const home = own ?? (shared != null && "name" in shared ? shared : null);
  problems.require(
    home !== null || row.release === null,
    "namespace",
    "must be one that exists: a release lives in it",
  );
  for (const name of Object.keys({ ...crds, ...objects })) {
    const named = name === row.name || name.startsWith(`${row.name}-`);
    problems.require(named, "objects", `must be named ${row.name} or ${row.name}-<role>`, { got: name });
  }
  problems.throwIfAny(subject);
  return {
    key,
    name: row.name,
    aliases: row.aliases,
    after: [...new Set([...needsOf(row), ...row.after])].filter((it) => installed.has(it)),
    namespace: own === null ? null : namespaceBody(own, facts),
    ingress: own === null ? null : ingressBody(own),
    release:
      row.release === null || home === null
        ? null
        : releaseBody(
            { ...row.release, chart: lockedChart(row.release.chart, lock) },
            home.name,
            values,
            crds !== null,
          ),
    crds: crds ?? {},
    objects: objects ?? {},
    handsOver: handsOver ?? {},
  };
}

function namespaceBody(
  { name, podSecurity, queue }: OwnNamespace,
  { kubernetesVersion }: PlatformFacts,
): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: {
        [podSecurityLabel("enforce")]: podSecurity,
        // What falls short of the strictest level is told, but where everything does.
        ...(podSecurity !== "privileged" && {
          [podSecurityLabel("warn")]: "restricted",
          [podSecurityLabel("audit")]: "restricted",
        }),
        [podSecurityLabel("enforce-version")]: podSecurityVersion(kubernetesVersion),
        [labels.workload]: platformWorkload,
        ...(queue !== undefined && { [labels.queue]: queue }),
      },
    },
  };
}

/** A policy that selects pods closes them to all that it does not allow. */
function ingressBody({ name, ingressPorts }: OwnNamespace): KubernetesObject {
  const ports = ingressPorts.map((port) => ({ protocol: "TCP", port }));
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "ingress", namespace: name },
    spec: { podSelector: {}, policyTypes: ["Ingress"], ...(ports.length > 0 && { ingress: [{ ports }] }) },
  };
}

/** The chart of a row at the version of a lock; one that is not of the catalogue as it is. */
function lockedChart(chart: ChartVersion, lock: VersionLock): ChartVersion {
  const key = keysOf(versions).find((it) => versions[it] === chart);
  return key === undefined ? chart : { ...chart, version: versionsOf(lock)[key].version };
}

function releaseBody(
  { name, chart: { chart, version, repository }, timeoutSeconds }: NonNullable<AddOn["release"]>,
  namespace: string,
  values: AddOnContents["values"],
  ownCrds: boolean,
): ReleaseArgs {
  return {
    name,
    namespace,
    chart,
    version,
    ...(repository !== undefined && { repositoryOpts: { repo: repository } }),
    ...(ownCrds && { skipCrds: true }),
    // Done when its pods are ready, and undone when they do not become so.
    atomic: true,
    timeout: timeoutSeconds,
    values,
  };
}
