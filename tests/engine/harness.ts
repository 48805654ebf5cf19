import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { afterAll, afterEach, beforeEach } from "vitest";
import { parse, stringify } from "yaml";
import type { LiveResource } from "../../simulator/azure/estate";
import type { OperationRecord } from "../../simulator/azure/store";
import type { World } from "../../simulator/azure/world";
import { findEngine, howToGetEngine } from "../../simulator/engine/engine";
import {
  type Changes,
  Rehearsal,
  type RehearsalOptions,
  type RehearsedStack,
} from "../../simulator/rehearsal/rehearsal";
import { plainStacks, today } from "../stack-files";
import { describeWithEngine } from "../simulator/engine/with-engine";

/** Tests on the real engine, with their temporary folders removed at the end. */
export function engineSuite(title: string, body: () => void): void {
  describeWithEngine(title, () => {
    // Runs after the hooks of the body.
    afterAll(() => {
      for (const folder of tempFolders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });
    body();
  });
}

/** A suite whose tests are the steps of one life: after one that failed, the others would only repeat its failure. */
export function lifeSuite(title: string, body: () => void): void {
  engineSuite(title, () => {
    let failed: string | undefined;
    beforeEach((context) => {
      context.skip(failed !== undefined, `"${failed ?? ""}" failed before`);
    });
    afterEach(({ task }) => {
      if (task.result?.state === "fail") failed ??= task.name;
    });
    body();
  });
}

/** A rehearsal in a temporary folder. */
export interface OpenRehearsal {
  readonly rehearsal: Rehearsal;
  readonly folder: string;
  /** Stops the cluster and removes the folder. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a rehearsal. Unless told otherwise in a new folder, and fast enough that the engine decides how long a test takes, not waiting for a
 * simulated Azure.
 */
export function openRehearsal(
  options: Partial<Pick<RehearsalOptions, "folder" | "speed" | "savesEachStep">> = {},
): OpenRehearsal {
  const engine = findEngine();
  if (engine === undefined) throw new Error(howToGetEngine);
  const { folder = tempFolder() } = options;
  const rehearsal = new Rehearsal({ engine, speed: 3000, today, ...options, folder });
  const close = async (): Promise<void> => {
    await rehearsal.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { rehearsal, folder, close };
}

/** What stands below `config:` in a stack file. */
export type StackConfig = Record<string, unknown>;

/**
 * Writes a stack file that differs from a plain one, and returns its path. Sections are named as in the file, without
 * the project: `gpuPools`.
 * @param name Name of the variant's stack. @default the shipped stack's
 */
export function variantOf(
  stack: keyof typeof plainStacks,
  change: (config: StackConfig) => StackConfig,
  name?: string,
): string {
  const { config } = parse(readFileSync(plainStacks[stack], "utf8")) as { config: StackConfig };
  const short = Object.fromEntries(Object.entries(config).map(([key, it]) => [key.replace(prefix, ""), it]));
  const changed = Object.entries(change(short)).map(([key, it]) => [key.includes(":") ? key : `${prefix}${key}`, it]);
  const file = join(tempFolder(), `Pulumi.${name ?? stack}.yaml`);
  writeFileSync(file, stringify({ config: Object.fromEntries(changed) as StackConfig }));
  return file;
}

/** dev's network, cluster and pools, without what only takes time. */
export function smallVariant(): string {
  return variantOf("dev", ({ network, cluster, gpuPools, environment, ...rest }) => ({
    "azure-native:location": rest["azure-native:location"],
    "pulumi:disable-default-providers": rest["pulumi:disable-default-providers"],
    ...{ environment, network, cluster, gpuPools },
    layers: ["infra"],
  }));
}

const prefix = "azure-gpu-cluster:";

/** Config with some fields of one section changed; `undefined` takes one away. Fields of fields are merged, too. */
export function edit(config: StackConfig, section: string, fields: StackConfig): StackConfig {
  const before = (config[section] ?? {}) as StackConfig;
  const after = Object.entries({ ...before, ...fields }).flatMap(([key, it]) => {
    if (it === undefined) return [];
    const [old, now] = [before[key], fields[key]];
    return [[key, isPlain(old) && isPlain(now) ? { ...old, ...now } : it] as const];
  });
  return { ...config, [section]: Object.fromEntries(after) };
}

function isPlain(it: unknown): it is object {
  return typeof it === "object" && it !== null && !Array.isArray(it);
}

/** Kinds of change that are not `same`, with their counts. */
export function changesOf({ changes }: { readonly changes: Changes }): Record<string, number> {
  const moved = Object.entries(changes).filter(([kind, count]) => kind !== "same" && (count ?? 0) > 0);
  return Object.fromEntries(moved.map(([kind, count]) => [kind, count ?? 0]));
}

/** What an operation of the engine did, step by step. */
export interface Watched {
  /** `update azure-native:containerservice:AgentPool a10`, in the order of beginning; nothing for what stays the same. */
  readonly steps: readonly string[];
  /** Changes of Azure that it asked for, in the order in which they ended. */
  readonly operations: readonly OperationRecord[];
}

/** Runs one operation of the engine and tells what it did, resource by resource. */
export async function watch<T>(
  { world }: Rehearsal,
  act: (options: { readonly onEvent: (event: EngineEvent) => void }) => Promise<T>,
): Promise<T & Watched> {
  const steps: string[] = [];
  const before = world.operations().length;
  const result = await act({
    onEvent: ({ resourcePreEvent }) => {
      const { op, urn } = resourcePreEvent?.metadata ?? { op: "same", urn: "" };
      if (!lookings.includes(op)) steps.push(`${op} ${typeAndName(urn)}`);
    },
  });
  return { ...result, steps, operations: changesSince(world, before) };
}

/** Kinds of step that change nothing. */
const lookings: readonly string[] = ["same", "read", "refresh"];

/** `azure-native:containerservice:AgentPool a10` */
export function typeAndName(urn: string): string {
  const [types = "", ...name] = urn.split("::").slice(2);
  return `${types.split("$").at(-1) ?? types} ${name.join("::")}`;
}

/** What was asked of Azure after the first operations, without reads. */
export function changesSince(world: World, first: number): OperationRecord[] {
  return world
    .operations()
    .slice(first)
    .filter(({ kind }) => kind !== "read");
}

/** `update AgentPool a10` for each operation. */
export function operationNames(operations: readonly OperationRecord[]): string[] {
  return operations.map(
    ({ kind, type, id }) => `${kind} ${type.split(":").at(-1) ?? type} ${id.split("/").at(-1) ?? id}`,
  );
}

/** The one live resource of an ARM type such as `containerservice:AgentPool`, by the last part of its ID. */
export function live(world: World, type: string, name?: string): LiveResource {
  const all = world.resources(`azure-native:${type}`);
  const [found, ...more] = all.filter(({ id }) => name === undefined || id.split("/").at(-1) === name);
  if (found === undefined || more.length > 0) {
    throw new Error(`Azure should hold one ${type} ${name ?? ""}; it holds ${all.map(({ id }) => id).join(", ")}`);
  }
  return found;
}

/** URNs of a stack's state. */
export async function urnsOf(stack: RehearsedStack): Promise<string[]> {
  return ((await stack.state()).resources ?? []).map(({ urn }) => urn).sort();
}

const tempFolders: string[] = [];

/** A folder that goes with the suite. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "azure-gpu-cluster-test-"));
  tempFolders.push(folder);
  return folder;
}
