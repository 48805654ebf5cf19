import { armTypes } from "./arm-types";

let byArm: ReadonlyMap<string, readonly string[]> | undefined;

/** The Pulumi type tokens of an ARM type, in whichever case it is written. */
export function tokensOf(arm: string): readonly string[] {
  if (byArm === undefined) {
    const made = new Map<string, string[]>();
    for (const [token, it] of armTypes) {
      const key = it.arm.toLowerCase();
      made.set(key, [...(made.get(key) ?? []), token]);
    }
    byArm = made;
  }
  return byArm.get(arm.toLowerCase()) ?? [];
}
