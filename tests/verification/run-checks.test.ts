import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { planStack } from "../../cli/verify-stack";
import type { ClusterClient } from "../../verification/cluster-client";
import { placeOf } from "../../verification/place";
import { runChecks } from "../../verification/run-checks";
import { plainStacks, today } from "../stack-files";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("a check that never ends is given up in time, however much memory is freed meanwhile", async () => {
  const { checks } = await planStack(plainStacks.dev, today);
  const never: Pick<ClusterClient, "create" | "remove" | "follow"> = {
    create: () => Promise.resolve(""),
    remove: () => Promise.resolve(),
    follow: (_namespace, _selector, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          resolve([]);
        });
        setTimeout(collectGarbage);
      }),
  };
  const { results } = await runChecks(
    never as ClusterClient,
    placeOf("late", false),
    checks.slice(0, 1).map((it) => ({ ...it, minutes: 0 })),
    {
      waitMinutes: 0.005,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onResult: () => undefined,
    },
  );
  expect(results.map(({ detail }) => detail)).toEqual(["not done within 0.005 minutes: it has no pods yet"]);
});
