import { expect, it } from "vitest";
import { engineSuite } from "./harness";
import { run } from "./rehearse-command";

interface Rehearsal {
  readonly ok: boolean;
  readonly steps: readonly { readonly name: string; readonly failures: readonly string[] }[];
  readonly schedule: { readonly makespan: number; readonly lowerBound: number };
}

engineSuite("npm run rehearse -- everything", () => {
  it("makes all that this project can switch on, finds it as it is, and takes it away", async () => {
    const started = Date.now();
    const { code, out, err } = await run(["everything", "--json"]);
    process.stdout.write(`everything rehearsed in ${Math.round((Date.now() - started) / 1000)} s\n`);
    expect(code, err + out).toBe(0);
    const { ok, steps, schedule } = JSON.parse(out) as Rehearsal;
    expect(ok).toBe(true);
    expect(steps.map(({ name, failures }) => [name, failures])).toEqual([
      ["up", []],
      ["second up", []],
      ["destroy", []],
    ]);
    // Nothing waits for what it does not need.
    expect(schedule.makespan / schedule.lowerBound).toBeLessThanOrEqual(1.1);
  });
});
