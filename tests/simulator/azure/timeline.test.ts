import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Timeline, type Ticker } from "../../../simulator/azure/timeline";

/** Real time under the test's control. Timers fire as late as `lag` says. */
class FakeTicker implements Ticker {
  public real = 0;
  readonly #lag: number;
  #timers: { at: number; call: () => void }[] = [];

  public constructor(lag: number) {
    this.#lag = lag;
  }

  public now(): number {
    return this.real;
  }

  public after(milliseconds: number, call: () => void): () => void {
    const timer = { at: this.real + milliseconds + this.#lag, call };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((it) => it !== timer));
  }

  /** Calls what is due by now. */
  public fire(): void {
    const due = this.#timers.filter((it) => it.at <= this.real);
    this.#timers = this.#timers.filter((it) => it.at > this.real);
    for (const it of due) it.call();
  }

  /** Lets real time pass until nobody waits. */
  public async drain(): Promise<void> {
    for (;;) {
      await Promise.resolve();
      const next = this.#timers.sort((a, b) => a.at - b.at).shift();
      if (next === undefined) return;
      this.real = Math.max(this.real, next.at);
      next.call();
    }
  }
}

function timeline(lag = 0, settleMilliseconds = 0): { ticker: FakeTicker; time: Timeline } {
  const ticker = new FakeTicker(lag);
  return { ticker, time: new Timeline({ seconds: 0, speed: 60, settleMilliseconds, ticker }) };
}

describe("simulated time", () => {
  it("stands still while nothing is in flight", () => {
    const { ticker, time } = timeline();
    ticker.real += 60_000;
    expect(time.now()).toBe(0);
  });

  it("runs at its speed while something is in flight", () => {
    const { ticker, time } = timeline();
    void time.until(600);
    ticker.real += 1000;
    expect(time.now()).toBe(60);
  });

  it("ends each wait exactly when it is due, however late the timers fire", async () => {
    const delays = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 0, max: 400 }), async (ends, lag) => {
        const { ticker, time } = timeline(lag, 30);
        const seen: [number, number][] = [];
        for (const end of ends) void time.until(end).then(() => seen.push([end, time.now()]));
        await ticker.drain();
        expect(seen).toHaveLength(ends.length);
        for (const [end, now] of seen) expect(now).toBe(end);
        expect(time.now()).toBe(Math.max(...ends));
      }),
    );
  });

  it.each([123, 246, 507])("ends a wait of %i s, which fractions of milliseconds miss by a hair", async (end) => {
    const { ticker, time } = timeline(0, 30);
    const over = time.until(end);
    await ticker.drain();
    expect([await over, time.now()]).toEqual(["due", end]);
  });

  it("is held after an end, so that what follows begins at that very second", async () => {
    const { ticker, time } = timeline(0, 30);
    void time.until(600);
    const first = time.until(60);
    ticker.real += 30 + 1000;
    ticker.fire();
    await first;
    ticker.real += 29;
    expect(time.now()).toBe(60);
    ticker.real += 1 + 1000;
    expect(time.now()).toBeCloseTo(120);
  });

  it("does not count the simulator's own work", async () => {
    const { ticker, time } = timeline(0, 30);
    void time.until(600);
    ticker.real += 30 + 1000;
    const end = time.still((now) => {
      ticker.real += 500;
      return now + 60;
    });
    expect(time.now()).toBe(60);
    const wait = time.until(end);
    await ticker.drain();
    expect(await wait).toBe("due");
  });

  it("lets everybody go when it is cancelled", async () => {
    const { ticker, time } = timeline();
    const wait = time.until(600);
    ticker.real += 1000;
    time.cancel();
    expect(await wait).toBe("cancelled");
    expect(time.now()).toBe(60);
  });
});
