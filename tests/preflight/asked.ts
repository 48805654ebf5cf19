import { expect } from "vitest";
import { clouds } from "../../catalog/clouds";
import { planFacts } from "../../cli/preflight-stack";
import { ArmClient } from "../../preflight/arm-client";
import type { Line } from "../../preflight/line";
import type { PreflightFacts } from "../../preflight/preflight-facts";
import { runPreflight } from "../../preflight/run-preflight";
import { RecordedAzure, type Recording, token } from "./recorded-azure";

/** Subscription that tests ask. */
export const subscriptionId = "99999999-9999-4999-8999-999999999999";

/** Who asks, as the token says it. */
const identity = {
  objectId: "0c4a1b7e-52f5-4a0b-9a51-8f9b3c2d1e0f",
  tenantId: "31c75423-32d6-4322-88b7-c478bdde4858",
};

const planned = new Map<string, ReturnType<typeof planFacts>>();
let last: Promise<unknown> = Promise.resolve();

/** What a stack file needs, of a subscription. A file is planned once: one after the other, whoever asks. */
export async function factsOf(file: string, asked = subscriptionId): Promise<PreflightFacts> {
  const known = planned.get(file) ?? last.then(() => planFacts(file));
  planned.set(file, known);
  last = known.catch(() => undefined);
  return { ...(await known)(asked), otherwise: { subscriptionId: asked, saidBy: "the login" }, identity };
}

/**
 * Asks a recorded subscription, and no other place.
 * @param strict Whether each question must be in the recording.
 */
export async function ask(
  recording: Recording,
  facts: PreflightFacts,
  strict = true,
): Promise<{ readonly lines: readonly Line[]; readonly asked: readonly string[] }> {
  const azure = await RecordedAzure.start(recording, strict);
  try {
    const [cloud = { resourceManager: "" }] = clouds;
    const client = new ArmClient({
      cloud,
      credential: { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
      signal: new AbortController().signal,
      httpClient: azure.httpClient,
    });
    const lines = await runPreflight(
      facts,
      (it) => client.ask(it),
      () => undefined,
    );
    expect(azure.faults).toEqual([]);
    return { lines, asked: azure.asked };
  } finally {
    await azure.stop();
  }
}
