import { perProgram } from "./per-program";
import { MisconfiguredError, show } from "./problems";

const claimed = perProgram(() => new Set<string>());

/**
 * Takes a physical name for a component, so that a second one of its kind with that name is refused before it registers
 * anything. The engine would refuse it too, half-way.
 * @throws MisconfiguredError
 */
export function claim(kind: string, name: string): void {
  const key = `${kind} ${name}`;
  const names = claimed();
  if (names?.has(key) === true) {
    const rule = "must be one that no other of this kind has";
    throw new MisconfiguredError(kind, [
      { path: "name", rule, got: show(name), remedy: "Give the component another name" },
    ]);
  }
  names?.add(key);
}
