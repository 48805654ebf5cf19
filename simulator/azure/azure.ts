import { AzureError } from "./azure-error";
import { finishAbandoned, resourceAt, type LiveResource } from "./estate";
import { beginOperation, finishOperation, type Ending, type OperationRequest, type Schedule } from "./operation";
import type { Store } from "./store";
import type { Timeline, WaitEnd } from "./timeline";
import { isRunning } from "../../core/is-running";
import type { Props } from "../../core/property-value";
import { unsealSecrets } from "./secrets";

/** What the engine learns of a resource. */
export interface Reading {
  readonly inputs: Props;
  readonly outputs: Props;
}

/** The simulated Azure: rules over a folder, in simulated time. */
export class Azure {
  readonly #store: Store;
  readonly #timeline: Timeline;
  readonly #vanish: () => never;

  /** @param vanish ends the process at once, for the fault that asks for it */
  public constructor(store: Store, timeline: Timeline, vanish: () => never) {
    this.#store = store;
    this.#timeline = timeline;
    this.#vanish = vanish;
    store.change((ledger) => ({
      ledger: { ...ledger, estate: finishAbandoned(ledger.estate, isRunning) },
      result: undefined,
    }));
  }

  /** Carries out a change; comes back when Azure is done with it. */
  public async operate(request: OperationRequest): Promise<Ending> {
    const schedule = this.#timeline.still((now) => this.#begin(request, now));
    const how = schedule.end > schedule.requested ? await this.#timeline.until(schedule.end) : "due";
    const told = this.#timeline.still((now) => this.#finish(request, schedule, how, now));
    if (told.crash) this.#vanish();
    return told;
  }

  #begin(request: OperationRequest, now: number): Schedule {
    return this.#store.change((ledger) => {
      const { schedule, ...rest } = beginOperation(ledger.estate, ledger.faults, request, now, process.pid);
      return { ledger: { ...ledger, ...rest }, result: schedule };
    });
  }

  #finish(request: OperationRequest, schedule: Schedule, how: WaitEnd, now: number): Ending {
    const end = how === "due" ? schedule.end : now;
    const ending = this.#store.change((ledger) => {
      const finished = finishOperation(ledger.estate, request, schedule);
      const seconds = Math.max(ledger.seconds, end);
      return { ledger: { ...ledger, estate: finished.estate, seconds }, result: finished.ending };
    });
    const cancelled = new AzureError(499, "Canceled", "The operation was cancelled; Azure finishes what it began.");
    const told = how === "due" ? ending : { ...ending, outcome: cancelled.code, error: cancelled, partial: false };
    const { id, type, kind } = request;
    const { requested, throttledWait } = schedule;
    const start = Math.min(schedule.start, end);
    this.#store.append({ id, type, kind, requested, start, end, throttledWait, outcome: told.outcome });
    return told;
  }

  /**
   * Reads a resource; `undefined` when there is none.
   * @param remembered what the engine has, for the secrets that Azure does not give out
   */
  public read(type: string, id: string, remembered: Reading): Reading | undefined {
    const { estate } = this.#store.read();
    const live = resourceAt(estate, id);
    const now = this.#timeline.now();
    const outcome = live === undefined ? "ResourceNotFound" : "succeeded";
    this.#store.append({ id, type, kind: "read", requested: now, start: now, end: now, throttledWait: 0, outcome });
    if (live === undefined) return undefined;
    return {
      inputs: unsealSecrets(live.inputs, remembered.inputs, estate.salt),
      outputs: unsealSecrets(live.outputs, { ...remembered.inputs, ...remembered.outputs }, estate.salt),
    };
  }

  /** Looks at a resource without taking note. */
  public peek(id: string): LiveResource | undefined {
    return resourceAt(this.#store.read().estate, id);
  }

  /** The folder that it lives in. */
  public get folder(): string {
    return this.#store.folder;
  }

  /** Lets go of everything in flight: Azure finishes it, the callers get an error. */
  public cancel(): void {
    this.#timeline.cancel();
  }
}
