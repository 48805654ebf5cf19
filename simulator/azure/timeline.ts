/** Real time, replaceable in tests. */
export interface Ticker {
  /** Milliseconds that only grow. */
  now(): number;
  /** Calls back after some milliseconds; the result takes the call back. */
  after(milliseconds: number, call: () => void): () => void;
}

/** How simulated time runs. */
export interface TimelineOptions {
  /** Simulated seconds at the start. */
  readonly seconds: number;
  /** Simulated seconds for each real one. */
  readonly speed: number;
  /**
   * Real milliseconds for which time is held after something began or ended, so that the engine can send what follows:
   * its own overhead would otherwise show as minutes of Azure. Costs this much real time for each end.
   */
  readonly settleMilliseconds: number;
  readonly ticker: Ticker;
}

/** How a wait ended. */
export type WaitEnd = "due" | "cancelled";

/**
 * Simulated time. It runs while somebody waits and stands still otherwise, and it never passes the end of a wait before
 * that wait is over: an operation that takes 300 s ends exactly 300 s after it began, however late a real timer fires.
 */
export class Timeline {
  readonly #options: TimelineOptions;
  readonly #waiting = new Set<{ readonly end: number; readonly done: (how: WaitEnd) => void }>();
  #seconds: number;
  /** Real time from which simulated time runs on. */
  #runsFrom = 0;
  #takeBack: (() => void) | undefined;

  public constructor(options: TimelineOptions) {
    this.#options = options;
    this.#seconds = options.seconds;
  }

  /** Simulated seconds now. */
  public now(): number {
    const { ticker, speed } = this.#options;
    if (this.#waiting.size === 0) return this.#seconds;
    const ran = (Math.max(0, ticker.now() - this.#runsFrom) / 1000) * speed;
    return Math.min(this.#seconds + ran, this.#nextEnd());
  }

  /**
   * Does something in no simulated time at all: the simulator's own work, such as writing files, must not count.
   * @param work gets the simulated second; runs to its end at once
   */
  public still<T>(work: (now: number) => T): T {
    this.#seconds = this.now();
    this.#runsFrom = Infinity;
    try {
      return work(this.#seconds);
    } finally {
      this.#hold();
      this.#schedule();
    }
  }

  /** Waits until a point in simulated time. Counts as an operation in flight. */
  public until(end: number): Promise<WaitEnd> {
    this.#hold();
    return new Promise((done) => {
      this.#waiting.add({ end: Math.max(end, this.#seconds), done });
      this.#schedule();
    });
  }

  /** Ends every wait now. */
  public cancel(): void {
    this.#seconds = this.now();
    const all = [...this.#waiting];
    this.#waiting.clear();
    this.#takeBack?.();
    for (const it of all) it.done("cancelled");
  }

  #hold(): void {
    this.#seconds = this.now();
    this.#runsFrom = this.#options.ticker.now() + this.#options.settleMilliseconds;
  }

  #nextEnd(): number {
    return Math.min(...[...this.#waiting].map((it) => it.end));
  }

  /** Wakes when the next wait ends, after a time that is not less than `least` milliseconds. */
  #schedule(least = 0): void {
    this.#takeBack?.();
    if (this.#waiting.size === 0) return;
    const { ticker, speed } = this.#options;
    const held = this.#runsFrom - ticker.now();
    const wait = held + ((this.#nextEnd() - this.#seconds) / speed) * 1000;
    this.#takeBack = ticker.after(Math.max(least, Math.ceil(wait)), () => this.#wake());
  }

  #wake(): void {
    const next = this.#nextEnd();
    // A real timer may fire a little early, or the sum of fractions stay a hair below: then no time at all would be left to wait.
    if (this.now() < next) {
      this.#schedule(1);
      return;
    }
    this.#seconds = next;
    const due = [...this.#waiting].filter((it) => it.end <= next);
    for (const it of due) this.#waiting.delete(it);
    this.#runsFrom = this.#options.ticker.now() + this.#options.settleMilliseconds;
    for (const it of due) it.done("due");
    this.#schedule();
  }
}

/** The clock of this machine. */
export const realTicker: Ticker = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
