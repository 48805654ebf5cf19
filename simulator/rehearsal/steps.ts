import type { Changes, Rehearsal } from "./rehearsal";
import { engineMessage } from "../../core/engine-message";

/** Failure of a step that somebody ended, or that could not begin any more. */
export const stopped = "stopped";

/** What a step changed, and what is wrong with it. */
export interface Outcome {
  readonly changes: Changes;
  /** @default none */
  readonly failures?: readonly string[];
}

/** One step of a rehearsal and how it went. */
export interface Step extends Required<Outcome> {
  readonly name: string;
  readonly realSeconds: number;
}

/** The steps of a rehearsal, one after the other. */
export class Steps {
  readonly #rehearsal: Pick<Rehearsal, "whatDied">;
  readonly #signal: AbortSignal | undefined;
  readonly #onStep: (name: string) => void;
  readonly #done: Step[] = [];

  public constructor(
    rehearsal: Pick<Rehearsal, "whatDied">,
    { signal, onStep }: { readonly signal?: AbortSignal; readonly onStep?: (name: string) => void },
  ) {
    this.#rehearsal = rehearsal;
    this.#signal = signal;
    this.#onStep = onStep ?? (() => undefined);
  }

  /** Those that were run so far. */
  public get done(): readonly Step[] {
    return this.#done;
  }

  /** Whether all that were run went well. */
  public get ok(): boolean {
    return this.#done.every(({ failures }) => failures.length === 0);
  }

  /** Whether somebody ended the rehearsal. */
  public get stopped(): boolean {
    return this.#signal?.aborted === true;
  }

  /** @returns whether it went well; what it throws is what is wrong with it */
  public async run(name: string, act: () => Promise<Outcome>): Promise<boolean> {
    if (this.stopped) {
      // Without a word of it, a life that was cut short would look like a whole one.
      if (this.#done.at(-1)?.failures.includes(stopped) !== true) {
        this.#done.push({ name, realSeconds: 0, changes: {}, failures: [stopped] });
      }
      return false;
    }
    this.#onStep(name);
    const started = process.hrtime.bigint();
    const { changes, failures = [] } = await act().catch(async (error: unknown): Promise<Outcome> => {
      const wrong = this.stopped ? [stopped] : [...(await this.#rehearsal.whatDied()), engineMessage(error)];
      return { changes: {}, failures: wrong };
    });
    this.#done.push({ name, realSeconds: Number(process.hrtime.bigint() - started) / 1e9, changes, failures });
    return failures.length === 0;
  }

  /** Forgets the last one: it has nothing to tell. */
  public forgetLast(): void {
    this.#done.pop();
  }
}
