import type { WriteStream } from "node:tty";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { spokenName } from "../core/urn";

/** Shows what a rehearsal does: one live line on a terminal, a line for each step elsewhere. */
export class RehearsalProgress {
  readonly #stream: Pick<WriteStream, "isTTY" | "write" | "columns">;
  readonly #silent: boolean;
  readonly #started = Date.now();
  #noted = "";
  #step = "";
  #done = 0;
  #busy = new Map<string, string>();

  public constructor(stream: Pick<WriteStream, "isTTY" | "write" | "columns">, silent: boolean) {
    this.#stream = stream;
    this.#silent = silent && !stream.isTTY;
  }

  /** Says something that is not part of a step. What is said again and again, such as a wait, is one line in a log. */
  public note(text: string): void {
    if (text === this.#noted && !this.#stream.isTTY) return;
    this.#noted = text;
    this.#line(text);
  }

  public step(name: string): void {
    this.#step = name;
    this.#done = 0;
    this.#busy = new Map();
    this.#line(`${name} ...`);
  }

  public event(event: EngineEvent, simulatedSeconds: number): void {
    const { resourcePreEvent, resOutputsEvent, resOpFailedEvent } = event;
    if (resourcePreEvent !== undefined && resourcePreEvent.metadata.op !== "same") {
      this.#busy.set(resourcePreEvent.metadata.urn, spokenName(resourcePreEvent.metadata.urn));
    }
    const ended = resOutputsEvent ?? resOpFailedEvent;
    if (ended !== undefined) {
      if (this.#busy.delete(ended.metadata.urn)) this.#done += 1;
    }
    if (!this.#stream.isTTY) return;
    const minutes = `${Math.floor(simulatedSeconds / 60)}:${String(Math.floor(simulatedSeconds % 60)).padStart(2, "0")}`;
    this.#line(`${this.#step}: ${this.#done} done, ${minutes} simulated; ${[...this.#busy.values()].join(", ")}`);
  }

  /** Takes the live line away. */
  public done(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\u001b[2K");
  }

  #line(text: string): void {
    if (this.#silent) return;
    const seconds = Math.round((Date.now() - this.#started) / 1000);
    const whole = `${String(seconds).padStart(3)} s  ${text}`;
    if (this.#stream.isTTY) this.#stream.write(`\r\u001b[2K${whole.slice(0, (this.#stream.columns || 80) - 1)}`);
    else this.#stream.write(`${whole}\n`);
  }
}
