import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bestInterval,
  checkpointInterval,
  lostShare,
  secondsBetweenInterruptions,
} from "../../../components/training/checkpoint-interval";

describe("interruptions", () => {
  it.each([
    // 54 days of 1296 hours, 419 times.
    ["usual", 16_384, 1296 / 419],
    // 1000 days of one node, 6.5 times; the paper projects 1.8 hours for a job of 16,384 GPUs.
    ["frequent", 8, (1000 * 24) / 6.5],
    ["frequent", 16_384, 1.803],
  ] as const)("%s ones come to %i GPUs every %d hours", (rate, gpus, hours) => {
    expect(secondsBetweenInterruptions(gpus, rate) / 3600).toBeCloseTo(hours, 3);
  });
});

describe("the best interval", () => {
  it.each([
    // Young: sqrt(2 x 60 x 86,400) = 3220; Daly's terms add 1 % of it and take the save away.
    [60, 86_400, 3220 * (1 + Math.sqrt(60 / 172_800) / 3 + 60 / 172_800 / 9) - 60],
    // A save that takes as long as a job lives at all.
    [200, 100, 100],
    [3000, 100, 100],
  ])("between saves of %i s with an interruption every %i s is %d s", (save, mean, seconds) => {
    expect(bestInterval(save, mean)).toBeCloseTo(seconds, 0);
  });

  it("loses no more than any other, but for the little that the formula leaves out", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.4, noNaN: true }),
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (save, factor, restart) => {
          const best = bestInterval(save, 1);
          expect(lostShare(best, save, restart, 1)).toBeLessThanOrEqual(
            lostShare(best * factor, save, restart, 1) + 0.001,
          );
        },
      ),
    );
  });

  it("is a part of time that is lost, and grows with what goes wrong", () => {
    const positive = fc.double({ min: 1, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(positive, positive, positive, positive, (interval, save, restart, mean) => {
        const lost = lostShare(interval, save, restart, mean);
        expect(lost).toBeGreaterThan(0);
        expect(lost).toBeLessThanOrEqual(1);
        expect(lostShare(interval, save, restart, mean / 2)).toBeGreaterThanOrEqual(lost);
        expect(lostShare(interval, save * 2, restart, mean)).toBeGreaterThanOrEqual(lost);
      }),
    );
  });
});

it("a job of 1024 GPUs with 913 GiB to save at 64 GB/s saves every half hour, and loses a per cent or two", () => {
  const {
    hoursBetweenInterruptions,
    saveSeconds,
    intervalSeconds,
    lostShare: lost,
  } = checkpointInterval({
    gpus: 1024,
    checkpointGiB: 913,
    writeMBps: 64_000,
  });
  expect([
    hoursBetweenInterruptions.toFixed(1),
    saveSeconds.toFixed(1),
    (intervalSeconds / 60).toFixed(1),
    (lost.usual * 100).toFixed(1),
    (lost.frequent * 100).toFixed(1),
  ]).toEqual(["49.5", "15.3", "38.8", "1.6", "2.4"]);
});
