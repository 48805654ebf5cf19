import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyEstate, type Estate } from "./estate";
import { readFaults, type Fault } from "./fault";
import { lockFolder } from "./folder-lock";

/** One line of `operations.jsonl`. Times are simulated seconds. */
export interface OperationRecord {
  readonly id: string;
  readonly type: string;
  readonly kind: "create" | "update" | "delete" | "read";
  /** When the engine asked. */
  readonly requested: number;
  /** When Azure began with it. */
  readonly start: number;
  readonly end: number;
  /** Seconds that the provider waited for Azure's throttle, before `start`. */
  readonly throttledWait: number;
  /** `succeeded` or an error code. */
  readonly outcome: string;
}

/** What is kept between processes and may be changed by several of them. */
export interface Ledger {
  readonly estate: Estate;
  readonly faults: readonly Fault[];
  /** Simulated seconds. */
  readonly seconds: number;
}

const files = { estate: "azure.json", faults: "faults.json", seconds: "clock.json" } as const;

/** The folder that a simulated Azure lives in. Each file in it is whole, also when a process dies. */
export class Store {
  public constructor(public readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  public read(): Ledger {
    // Estate and clock are written by this class alone; faults may be written by hand, so they are checked.
    const estate = this.#json(files.estate) as Estate | undefined;
    const clock = this.#json(files.seconds) as { readonly seconds: number } | undefined;
    return {
      estate: estate ?? emptyEstate(randomBytes(16).toString("hex")),
      faults: readFaults(this.#json(files.faults) ?? [], this.#path(files.faults)),
      seconds: clock?.seconds ?? 0,
    };
  }

  /** Changes the ledger while no other process does. What did not change is not written. */
  public change<T>(change: (ledger: Ledger) => { readonly ledger: Ledger; readonly result: T }): T {
    const unlock = lockFolder(this.#path("lock"));
    try {
      const before = this.read();
      const { ledger, result } = change(before);
      if (ledger.estate !== before.estate) this.#write(files.estate, ledger.estate);
      if (ledger.faults !== before.faults) this.#write(files.faults, ledger.faults);
      if (ledger.seconds !== before.seconds) this.#write(files.seconds, { seconds: ledger.seconds });
      return result;
    } finally {
      unlock();
    }
  }

  public append(record: OperationRecord): void {
    appendFileSync(this.#path("operations.jsonl"), `${JSON.stringify(record)}\n`);
  }

  public operations(): OperationRecord[] {
    const path = this.#path("operations.jsonl");
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, "utf8").split("\n");
    // Written by `append` alone.
    return lines.filter((it) => it !== "").map((it) => JSON.parse(it) as OperationRecord);
  }

  #path(file: string): string {
    return join(this.folder, file);
  }

  #json(file: string): unknown {
    const path = this.#path(file);
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  }

  #write(file: string, content: object): void {
    const draft = this.#path(`${file}.${process.pid}`);
    writeFileSync(draft, `${JSON.stringify(content, null, 1)}\n`);
    renameSync(draft, this.#path(file));
  }
}
