import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { containerservice } from "../../../azure/containerservice";
import { takeToken, type Bucket } from "../../../simulator/azure/throttle";

const aksWrites = containerservice.ManagedCluster.throttle;

function waits(times: readonly number[]): number[] {
  let bucket: Bucket | undefined;
  return times.map((now) => {
    const taken = takeToken(bucket, aksWrites, now);
    ({ bucket } = taken);
    return taken.waitSeconds;
  });
}

describe("throttle of AKS writes", () => {
  it("lets 20 through at once, then one a minute", () => {
    expect(waits(Array.from({ length: 23 }, () => 0))).toEqual([...Array.from({ length: 20 }, () => 0), 60, 120, 180]);
  });

  it("fills up again, and never above its size", () => {
    const burst = Array.from({ length: 21 }, () => 0);
    expect(waits([...burst, ...burst.map(() => 1e6)]).slice(21)).toEqual([...burst.slice(1), 60]);
  });

  it("never lets more through than size plus refill", () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(arrivals, (gaps) => {
        let now = 0;
        const times = gaps.map((it) => (now += it));
        const starts = waits(times).map((wait, at) => (times[at] ?? 0) + wait);
        const end = Math.max(...starts);
        expect(starts.length).toBeLessThanOrEqual(aksWrites.size + end / 60 + 1e-6);
      }),
    );
  });
});
