import { setTimeout as sleep } from "node:timers/promises";

/** How long something is waited for. */
export interface Patience {
  /** Ends only what never would. @default 300 */
  readonly seconds?: number;
  /** Says why there is nothing to wait for any more. */
  readonly hopeless?: () => string | undefined;
}

/**
 * Asks again and again until there is an answer.
 * @param what What is waited for, as a part of "... was not there"
 * @param ask Answers with undefined as long as it is not there
 * @throws Error that names what was waited for
 */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  { seconds = 300, hopeless = () => undefined }: Patience = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const asked = Date.now();
    const answer = await ask();
    if (answer !== undefined) return answer;
    const why = hopeless();
    if (why !== undefined) throw new Error(`${what} cannot come: ${why}`);
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${seconds} seconds.`);
    // What asks for hundreds of pods must not take the time of those who make them.
    await sleep(Math.max(100, 4 * (Date.now() - asked)));
  }
}
