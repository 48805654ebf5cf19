import { describe, expect, it } from "vitest";
import { renderRehearsal } from "../../cli/render-rehearsal";
import type { RehearsalResult } from "../../simulator/rehearsal/rehearse";
import { stopped } from "../../simulator/rehearsal/steps";
import type { Place } from "../../simulator/kubernetes/reach";

const schedule = { makespan: 0, throttledWait: 0, lowerBound: 0, longestPath: 0, throttleBound: 0, criticalPath: [] };

/** The last lines of what is printed of a rehearsal with one step. */
function verdict(failures: readonly string[], from: Place = "workstation"): string {
  const result: RehearsalResult = {
    steps: [{ name: "up of prod-workloads", realSeconds: 1, changes: {}, failures }],
    ok: failures.length === 0,
    schedule,
    operations: [],
  };
  const text = renderRehearsal({ environment: "prod", from }, result, (_, it) => it);
  return text.split("\n\n").at(-1) ?? "";
}

const timeout =
  'Get "https://gpu-prod.hcp.eastus2.azmk8s.io:443/version": dial tcp gpu-prod.hcp.eastus2.azmk8s.io:443: i/o timeout';
const unknown = "dial tcp: lookup gpu-prod.x.private.eastus2.azmk8s.io: no such host";

describe("the end of what a rehearsal prints", () => {
  it.each<[string, readonly string[], Place]>([
    ["has no route", [timeout], "workstation"],
    ["has no name for it", ["something else", unknown], "peer"],
  ])("says where a private API server is reached, when the %s", (_, failures, from) => {
    expect(verdict(failures, from)).toBe(
      `The API server is private, and a ${from} does not reach it: pulumi up fails there in the same way.\n` +
        "From where it works:  npm run rehearse -- prod --from runner\n",
    );
  });

  it.each<[string, readonly string[], string]>([
    ["went well", [], "All went well. Times are assumptions about Azure, not measurements.\n"],
    ["failed otherwise", ["dial tcp 127.0.0.1:6443: connect: connection refused"], "Something failed.\n"],
    ["was ended by somebody", [stopped], "Stopped.\n"],
  ])("says that it %s", (_, failures, text) => {
    expect(verdict(failures)).toBe(text);
  });
});
