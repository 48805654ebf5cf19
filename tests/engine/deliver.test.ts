import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Clone, type Ended } from "./delivery";
import { lifeSuite, smallVariant } from "./harness";

lifeSuite("a delivery on the real engine", () => {
  let clone: Clone;
  const npm = (command: string, args: readonly string[], env = {}): Promise<Ended> =>
    clone.run("npm", ["run", "-s", command, "--", "dev", ...args], env);

  it("plans", async () => {
    clone = new Clone();
    clone.write("stacks/Pulumi.dev.yaml", readFileSync(smallVariant(), "utf8"));
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", clone.beside("anna")]);
    const init = await clone.run("pulumi", ["stack", "init", "dev"]);
    expect(init.code).toBe(0);
    clone.commit("ben");
    const t = Date.now();
    const planned = await npm("plan", ["--out", clone.beside("plan.json")]);
    console.log(Date.now() - t, planned.code, planned.err, planned.out);
    const t2 = Date.now();
    const applied = await npm("apply", ["--plan", clone.beside("plan.json"), "--record", clone.beside("record.json")]);
    console.log(Date.now() - t2, applied.code, applied.err.slice(-3000), applied.out);
    const again = await npm("plan", ["--out", clone.beside("plan2.json")]);
    console.log(again.code, again.err, again.out);
    console.log(execFileSync("cat", [clone.beside("plan2.json")], { encoding: "utf8" }).slice(0, 1500));
  });
});
