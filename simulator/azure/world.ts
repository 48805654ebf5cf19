import { delimiter, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { armId, nilSubscription } from "../../azure/arm-id";
import { armApi } from "./arm-api";
import { resourceAt, withoutResource, withResource, type LiveResource } from "./estate";
import type { Fault } from "./fault";
import { liveOutputs } from "./outputs";
import { Store, type Ledger, type OperationRecord } from "./store";
import { isRecord, type Props } from "../../core/property-value";
import { searchPath } from "../engine/search-path";
import { sealSecrets } from "./secrets";
import { runFrom, type Place } from "../kubernetes/reach";

/**
 * A simulated Azure from the outside: what a test or a rehearsal looks at, and the hand that changes things behind
 * Pulumi's back. May be used while a provider runs on the same folder.
 */
export class World {
  public readonly folder: string;
  readonly #store: Store;

  private constructor(folder: string) {
    this.folder = folder;
    this.#store = new Store(folder);
  }

  /** Opens a folder; an empty or absent one is an Azure without resources. */
  public static open(folder: string): World {
    return new World(resolve(folder));
  }

  /**
   * Environment for the engine, so that it takes the simulated providers and this world.
   * @param providers What `buildProviders` made.
   */
  public environment(providers: string, speed?: number): Record<string, string> {
    return {
      GPU_SIMULATOR_FOLDER: this.folder,
      ...(speed !== undefined && { GPU_SIMULATOR_SPEED: String(speed) }),
      PATH: [providers, join(__dirname, "..", "bin"), ...searchPath()].join(delimiter),
    };
  }

  /** Says where `up` runs from now on: a private API server is not found from everywhere. */
  public runFrom(place: Place): void {
    runFrom(this.folder, place);
  }

  /** All resources, or those of one type, by ARM ID. */
  public resources(type?: string): LiveResource[] {
    const all = Object.values(this.#store.read().estate.resources);
    return all.filter((it) => type === undefined || it.type === type).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  public resource(id: string): LiveResource | undefined {
    return resourceAt(this.#store.read().estate, id);
  }

  public isEmpty(): boolean {
    return this.resources().length === 0;
  }

  /**
   * Changes properties as somebody else would: the autoscaler, a colleague in the portal, a policy. Objects are merged,
   * `null` takes a property away.
   * @throws Error when there is no such resource
   */
  public drift(id: string, change: Props): void {
    this.#change((ledger) => {
      const live = mustExist(ledger, id);
      const inputs = merge(live.inputs, change);
      const outputs = merge(live.outputs, change);
      return withResource(ledger.estate, { ...live, inputs, outputs });
    });
  }

  /** Deletes a resource with all below it, behind Pulumi's back and without asking whether it is in use. */
  public remove(id: string): void {
    this.#change((ledger) => withoutResource(ledger.estate, mustExist(ledger, id).id));
  }

  /** Puts a resource there that Pulumi did not make. Returns its ARM ID. */
  public plant(type: string, inputs: Props, subscriptionId = nilSubscription): string {
    const id = armId(type, inputs, subscriptionId);
    this.#change(({ estate, seconds }) =>
      withResource(estate, {
        id,
        type,
        inputs: sealSecrets(inputs, estate.salt),
        outputs: sealSecrets(liveOutputs(type, inputs, subscriptionId, "Succeeded"), estate.salt),
        provisioningState: "Succeeded",
        createdAt: seconds,
        process: null,
      }),
    );
    return id;
  }

  /** What Azure Resource Manager answers here to whoever asks it without the provider. */
  public api(): HttpClient {
    return armApi(this.folder);
  }

  /** Lets something go wrong later. Faults are tried in the order they were added. */
  public inject(fault: Fault): void {
    this.#store.change((ledger) => ({
      ledger: { ...ledger, faults: [...ledger.faults, fault] },
      result: undefined,
    }));
  }

  /** Takes a fault back. @returns whether it was there as it was injected: it has not hit */
  public withdraw(fault: Fault): boolean {
    return this.#store.change((ledger) => {
      const at = ledger.faults.findIndex((it) => isDeepStrictEqual(it, fault));
      if (at === -1) return { ledger, result: false };
      return { ledger: { ...ledger, faults: ledger.faults.toSpliced(at, 1) }, result: true };
    });
  }

  /** Faults that have not hit yet. A test that is done should find none. */
  public faults(): readonly Fault[] {
    return this.#store.read().faults;
  }

  /** Everything that was asked of Azure, in the order in which it ended. */
  public operations(): OperationRecord[] {
    return this.#store.operations();
  }

  /** Simulated seconds until now. */
  public seconds(): number {
    return this.#store.read().seconds;
  }

  #change(change: (ledger: Ledger) => Ledger["estate"]): void {
    this.#store.change((ledger) => ({ ledger: { ...ledger, estate: change(ledger) }, result: undefined }));
  }
}

function mustExist({ estate }: Ledger, id: string): LiveResource {
  const live = resourceAt(estate, id);
  if (live === undefined) throw new Error(`The simulated Azure has no '${id}'.`);
  return live;
}

function merge(into: Props, change: Props): Props {
  const merged = Object.entries({ ...into, ...change }).flatMap(([key, it]) => {
    const [old, now] = [into[key], change[key]];
    if (now === null) return [];
    return [[key, isRecord(old) && isRecord(now) ? merge(old, now) : it] as const];
  });
  return Object.fromEntries(merged);
}
