import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { runtime } from "@pulumi/pulumi";
import {
  type EngineEvent,
  fullyQualifiedStackName,
  LocalWorkspace,
  type OutputMap,
  PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation";
import type { PlannedResource } from "../../core/planned-resource";
import { withoutStackTraces } from "../../core/without-stack-traces";
import { readStackFile } from "../../stacks/stack-file";
import type { LayerName } from "../../stacks/config/layers";
import { projectName } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import { parkStack } from "../../stacks/park-stack";
import type { Parking } from "../../stacks/plan-parking";
import { readEnvironment } from "../../stacks/read-environment";
import { World } from "../azure/world";
import type { Engine } from "../engine/engine";
import { EngineError } from "../engine/errors";
import { takeLock } from "../engine/lock";
import { privateFolder } from "../engine/private-folder";
import { buildProviders } from "../engine/providers";
import { ApiClient } from "../kubernetes/api-client";
import { clusterFile } from "../kubernetes/cluster-file";
import type { Place } from "../kubernetes/reach";
import { type ControlPlane, startControlPlane } from "../kubernetes/control-plane";
import { withAnswersFromState } from "./cli";
import { useOwnConnections } from "./own-connections";

/** What a rehearsal needs. */
export interface RehearsalOptions {
  readonly engine: Engine;
  /** Folder of everything that the rehearsal makes: state, simulated Azure, cluster, logs. Made when absent. */
  readonly folder: string;
  /** Simulated seconds for each real one. @default 60 */
  readonly speed?: number;
  /** Where everything runs from. @default the workstation, from which no private API server is reached */
  readonly from?: Place;
  /** ISO date that versions are judged on. @default the calendar's */
  readonly today?: string;
  /** Ends the operation that runs as one Ctrl-C does, and lets no other begin. */
  readonly signal?: AbortSignal;
  /**
   * Lets the engine write its state after each step, as it does by itself, and not once when an operation ends, well or not. For hundreds
   * of resources that is nearly half of all work. Needed where the engine may be killed: all of its operation would be forgotten.
   * @default false
   */
  readonly savesEachStep?: boolean;
}

/** What an operation of the engine is told besides. */
export interface OperationOptions {
  /** Called with every event of the engine, for progress and for checks. */
  readonly onEvent?: (event: EngineEvent) => void;
  /** Runs our policy pack, as a pipeline does, at the levels of this kind of environment. @default no pack */
  readonly policies?: "dev" | "staging" | "prod";
}

/** What `up` is told besides. */
export interface UpOptions extends OperationOptions {
  /**
   * Refreshes the state first. Not after an update that failed: a refresh takes a pool that Azure left in state Failed
   * for a pool that is done.
   * @default false
   */
  readonly refresh?: boolean;
  /** Goes on with all that does not wait for what failed. @default false: begins nothing any more */
  readonly continueOnError?: boolean;
}

/** What `refresh` is told besides. */
export interface RefreshOptions extends OperationOptions {
  /** URNs that it is confined to. @default all */
  readonly targets?: readonly string[];
}

/**
 * The real engine with a simulated Azure and a real API server, in one folder: what `pulumi up` would do, without a bill.
 * Several stacks may live in it and read each other's outputs.
 */
export class Rehearsal {
  public readonly world: World;
  /** Whether an earlier rehearsal worked in the folder. */
  public readonly reopened: boolean;
  readonly #options: RehearsalOptions;
  /** The cluster, once a stack was used that has something in it. */
  #controlPlane: Promise<ControlPlane> | undefined;
  readonly #stacks = new Map<string, Promise<Stack>>();

  /**
   * Opens the folder; what an earlier rehearsal left in it is still there.
   * @throws EngineError when others may write to the folder, or a rehearsal runs there
   */
  public constructor(options: RehearsalOptions) {
    const folder = privateFolder(options.folder);
    const inUse = inUseFile(folder);
    const holder = takeLock(inUse);
    if (holder !== undefined) {
      throw new EngineError(
        `The folder ${folder} is in use: process ${holder} rehearses there. Wait for it, or name another folder with ` +
          `--folder. If that process is no rehearsal: rm ${inUse}`,
      );
    }
    this.#options = { ...options, folder };
    this.reopened = existsSync(stateFolder(folder));
    const simulator = join(folder, "simulator");
    mkdirSync(simulator, { recursive: true });
    // A rehearsal that was killed leaves the address of a cluster that died with it.
    rmSync(clusterFile(simulator), { force: true });
    this.world = World.open(simulator);
    this.world.runFrom(options.from ?? "workstation");
    buildProviders(providersFolder(folder));
    useOwnConnections();
  }

  /** Stops the cluster. The folder stays, for whoever opens it next. */
  public async close(): Promise<void> {
    try {
      // Whoever waited for its start heard of a failure.
      const controlPlane = await this.#controlPlane?.catch(() => undefined);
      await controlPlane?.stop();
    } finally {
      rmSync(inUseFile(this.#options.folder), { force: true });
    }
  }

  /** The cluster, undefined while no stack was used that has something in it. */
  public async controlPlane(): Promise<ControlPlane | undefined> {
    return this.#controlPlane;
  }

  /** Names what the rehearsal cannot go on without and what is gone. */
  public async whatDied(): Promise<readonly string[]> {
    const controlPlane = await this.#controlPlane?.catch(() => undefined);
    if (controlPlane === undefined) return [];
    const client = ApiClient.of(controlPlane);
    try {
      await client.request("GET", "/readyz");
      return [];
    } catch {
      return [`The Kubernetes API server of the rehearsal is gone. Its log: ${this.world.folder}/kubernetes`];
    } finally {
      client.close();
    }
  }

  /** Takes a stack file over, replacing what this stack said before. */
  public use(stackFile: string): RehearsedStack {
    const { stack, values } = readStackFile(stackFile);
    const { folder, engine, signal } = this.#options;
    const workDir = join(folder, "work");
    mkdirSync(workDir, { recursive: true });
    takeOver(stackFile, join(workDir, `Pulumi.${stack}.yaml`));
    const opened = this.#stacks.get(stack) ?? this.#openStack(stack, workDir);
    this.#stacks.set(stack, opened);
    // With infra or bootstrap alone nothing is put into a cluster, and starting one costs more than all else.
    const layers = values[`${projectName}:layers`];
    if (!(["infra", "bootstrap"] satisfies LayerName[]).some((it) => layers === JSON.stringify([it]))) {
      this.#controlPlane ??= startControlPlane({ folder: this.world.folder, engine });
    }
    const ready = Promise.all([opened, this.#controlPlane]).then(([it]) => it);
    // Whoever uses the stack hears of a failure; until then nobody may.
    ready.catch(() => undefined);
    return new RehearsedStack(ready, signal);
  }

  async #openStack(stack: string, workDir: string): Promise<Stack> {
    const { folder, engine, speed, today, savesEachStep = false } = this.#options;
    const [home, backend] = [join(folder, "home"), stateFolder(folder)];
    for (const it of [home, backend]) mkdirSync(it, { recursive: true });
    // The engine would run what lies there. Its plugins are the stand-ins on PATH.
    rmSync(join(home, "plugins"), { recursive: true, force: true });
    const settings = { name: projectName, runtime: "nodejs", backend: { url: `file://${backend}` } } as const;
    writeFileSync(join(workDir, "Pulumi.yaml"), `name: ${settings.name}\nruntime: ${settings.runtime}\n`);
    const world = this.world.environment(providersFolder(folder), speed);
    return LocalWorkspace.createOrSelectStack(
      {
        stackName: fullyQualifiedStackName("organization", projectName, stack),
        projectName,
        program: () => program(today),
      },
      {
        workDir,
        pulumiHome: home,
        pulumiCommand: withAnswersFromState(await PulumiCommand.get({ root: engineRoot(folder, engine) }), backend),
        envVars: {
          ...world,
          PATH: `${world["PATH"] ?? ""}${delimiter}${dirname(engine.pulumi)}`,
          PULUMI_BACKEND_URL: settings.backend.url,
          PULUMI_CONFIG_PASSPHRASE: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "rehearsal",
          PULUMI_SKIP_UPDATE_CHECK: "1",
          PULUMI_SKIP_CHECKPOINTS: `${!savesEachStep}`,
        },
      },
    );
  }
}

/** One stack of a rehearsal, driven like a person drives the CLI. */
export class RehearsedStack {
  readonly #stack: Promise<Stack>;
  readonly #signal: AbortSignal | undefined;

  public constructor(stack: Promise<Stack>, signal?: AbortSignal) {
    this.#stack = stack;
    this.#signal = signal;
  }

  /** @returns what `up` changed, by kind of change, and the outputs */
  public async up(options: UpOptions = {}): Promise<{ changes: Changes; outputs: OutputMap; text: string }> {
    const { summary, outputs, stdout } = await this.#operate((stack, interruptible) =>
      stack.up({
        ...settings(options),
        ...interruptible,
        ...(options.refresh === true && { refresh: true }),
        ...(options.continueOnError === true && { continueOnError: true }),
      }),
    );
    return { changes: summary.resourceChanges ?? {}, outputs, text: stdout };
  }

  /** @returns what `up` would change, by kind of change */
  public async preview(options: OperationOptions = {}): Promise<{ changes: Changes; text: string }> {
    const { changeSummary, stdout } = await this.#operate((stack, interruptible) =>
      stack.preview({ ...settings(options), ...interruptible }),
    );
    return { changes: changeSummary, text: stdout };
  }

  /** @returns what the state learnt from the world, by kind of change */
  public async refresh(options: RefreshOptions = {}): Promise<{ changes: Changes; text: string }> {
    const { summary, stdout } = await this.#operate((stack, interruptible) =>
      stack.refresh({
        ...settings(options),
        ...interruptible,
        ...(options.targets !== undefined && { target: [...options.targets] }),
      }),
    );
    return { changes: summary.resourceChanges ?? {}, text: stdout };
  }

  /** Previews first, as the CLI does: what is protected is refused before anything else is gone. */
  public async destroy(options: OperationOptions = {}): Promise<{ changes: Changes; text: string }> {
    const { summary, stdout } = await this.#operate(async (stack, interruptible) => {
      await stack.previewDestroy({ ...settings(options), ...interruptible });
      return stack.destroy({ ...settings(options), ...interruptible });
    });
    return { changes: summary.resourceChanges ?? {}, text: stdout };
  }

  /** Destroys what is no data, as `npm run park` does. */
  public async park(options: OperationOptions = {}): Promise<Parking> {
    return this.#operate((stack, interruptible) => parkStack(stack, { ...settings(options), ...interruptible }));
  }

  /** Takes the lock of an update that died, as `pulumi cancel` does. */
  public async cancel(): Promise<void> {
    await (await this.#stack).cancel();
  }

  /** The state, as `pulumi stack export --show-secrets` gives it. */
  public async state(): Promise<EngineState> {
    const exported = await (await this.#stack).exportStack();
    return exported.deployment as EngineState;
  }

  /** Replaces the state, as `pulumi stack import` does. */
  public async importState(state: EngineState): Promise<void> {
    await (await this.#stack).importStack({ version: 3, deployment: state });
  }

  /** What the stack hands over now, as `pulumi stack output --json` gives it. */
  public async outputs(): Promise<OutputMap> {
    return (await this.#stack).outputs();
  }

  async #operate<T>(act: (stack: Stack, interruptible: Interruptible) => Promise<T>): Promise<T> {
    const stack = await this.#stack;
    this.#signal?.throwIfAborted();
    const interrupt = new AbortController();
    let heard = false;
    const onAbort = (): void => {
      // Ctrl-C on a terminal reaches the engine too, and a second one would make it drop what is in flight.
      setTimeout(() => {
        if (!heard) interrupt.abort();
      }, hearingMilliseconds);
    };
    this.#signal?.addEventListener("abort", onAbort);
    try {
      const interruptible: Interruptible = {
        signal: interrupt.signal,
        onOutput: (text) => {
          heard ||= /received; (cancelling|terminating)/.test(text);
        },
      };
      return await withoutStackTraces(() => act(stack, interruptible));
    } finally {
      this.#signal?.removeEventListener("abort", onAbort);
    }
  }
}

/** How long the engine has to say that it heard a Ctrl-C itself. */
const hearingMilliseconds = 500;

/** Options of every operation that can be ended early. */
interface Interruptible {
  readonly signal: AbortSignal;
  readonly onOutput: (text: string) => void;
}

/** Kinds of change and how many resources they hit. */
export type Changes = Readonly<Partial<Record<string, number>>>;

/** The part of the engine's state that rehearsals look at. */
export interface EngineState {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: StateResource }[];
}

/**
 * One resource of the engine's state. A planned one will not do: the state holds what came of the request. It leaves out
 * what is empty, an operation that was cut off has no ID yet, and it keeps what was wrong.
 */
export interface StateResource
  extends
    Pick<PlannedResource, "urn" | "type" | "custom">,
    Partial<Pick<PlannedResource, "id" | "parent" | "provider" | "dependencies" | "inputs" | "outputs">> {
  readonly protect?: boolean;
  /** What was wrong with it when it was last written. */
  readonly initErrors?: readonly string[];
}

/**
 * Copies a stack file, and keeps the salt that the engine wrote into the copy before: with it the engine knows whether a
 * passphrase is the one that this stack's secrets were encrypted with.
 */
function takeOver(stackFile: string, copy: string): void {
  const salt = /^encryptionsalt: .*$/m;
  const text = readFileSync(stackFile, "utf8");
  const kept = existsSync(copy) ? salt.exec(readFileSync(copy, "utf8"))?.[0] : undefined;
  writeFileSync(copy, kept === undefined || salt.test(text) ? text : `${text.trimEnd()}\n${kept}\n`);
}

/** The very program that `pulumi up` runs. */
async function program(today = new Date().toISOString().slice(0, 10)): Promise<Record<string, unknown>> {
  const values = runtime.allConfig();
  return { ...(await deploy(readEnvironment({ stack: runtime.getStack(), values, today }))) };
}

function settings({ onEvent, policies }: OperationOptions): {
  color: "never";
  parallel: number;
  onEvent?: (event: EngineEvent) => void;
  policyPacks?: string[];
  policyPackConfigs?: string[];
} {
  const pack = join(__dirname, "..", "..", "policies");
  return {
    color: "never",
    // The engine's default follows the cores of the machine, and would hold back what Azure could do at once.
    parallel: 64,
    ...(onEvent !== undefined && { onEvent }),
    ...(policies !== undefined && {
      policyPacks: [pack],
      policyPackConfigs: [join(pack, "config", `${policies}.json`)],
    }),
  };
}

/** Tells which process rehearses in the folder; gone while none does. */
function inUseFile(folder: string): string {
  return join(folder, "in-use");
}

function providersFolder(folder: string): string {
  return join(folder, "providers");
}

function stateFolder(folder: string): string {
  return join(folder, "state");
}

/**
 * The Automation API wants an installation with a `bin` folder: one that points to the engine we have. Made anew each time,
 * since whatever lies there is run.
 */
function engineRoot(folder: string, { pulumi }: Engine): string {
  const root = join(folder, "engine");
  const bin = join(root, "bin");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(bin, { recursive: true });
  symlinkSync(pulumi, join(bin, "pulumi"));
  return root;
}
