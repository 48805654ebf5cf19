import { runtime } from "@pulumi/pulumi";
import { MisconfiguredError, show } from "./problems";

/** Names that each running program has given out, by kind. */
const claimed = new WeakMap<object, Set<string>>();

/**
 * Takes a physical name for a component, so that a second one of its kind with that name is refused before it registers
 * anything. The engine would refuse it too, half-way.
 * @throws MisconfiguredError
 */
export function claim(kind: string, name: string): void {
  const program = runtime.getStackResource();
  // Without a program nothing is made, and nothing can meet.
  if (program === undefined) return;
  const taken = claimed.get(program) ?? new Set<string>();
  claimed.set(program, taken);
  const key = `${kind} ${name}`;
  if (taken.has(key)) {
    throw new MisconfiguredError(kind, [
      {
        path: "name",
        rule: "must be one that no other of this kind has",
        got: show(name),
        remedy: "Give the component another name",
      },
    ]);
  }
  taken.add(key);
}
