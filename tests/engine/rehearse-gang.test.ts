import { expect, it } from "vitest";
import { describeWithSchedulers } from "../simulator/engine/with-schedulers";
import { edit, engineSuite, variantOf } from "./harness";
import { run } from "./rehearse-command";

engineSuite("npm run rehearse -- dev --workload gang", () => {
  describeWithSchedulers("with the real Kueue", () => {
    it("places a gang in one domain, loses a node, goes on with a spare, and leaves nothing", async () => {
      // Two domains of four nodes, one of them spare: what is on one domain was put there.
      const h100 = { size: "Standard_ND96isr_H100_v5", domains: 2, minNodes: 0, maxNodes: 4, spareNodes: 1 };
      const file = variantOf("dev", (config) => edit(config, "gpuPools", { h100 }));
      const started = Date.now();
      const { code, out, err } = await run([file, "--workload", "gang", "--speed", "3000"]);
      process.stdout.write(`dev with a gang rehearsed in ${Math.round((Date.now() - started) / 1000)} s\n`);
      expect(code, out + err).toBe(0);
      const steps = [...out.matchAll(/^ {2}(ok|failed) (.+) \(\S+ s real\)$/gm)].map(([, verdict, what]) => [
        verdict,
        what,
      ]);
      const some = (change: string): unknown => expect.stringMatching(new RegExp(`^${change} [0-9]+$`));
      expect(steps).toEqual([
        ["ok", some("up: create")],
        ["ok", "nodes join: joined 12"],
        ["ok", "queue starts: started 4"],
        ["ok", "gang of 3 on h100: placed 3"],
        ["ok", "gang of 3 on h100 loses a node: replaced 1"],
        ["ok", "workload ends: left 12"],
        ["ok", some("second up: same")],
        ["ok", some("destroy: delete")],
      ]);
    });
  });
});
