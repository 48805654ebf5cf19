import { read } from "../../../core/property-tree";
import { expectAt, type Test } from "../../engine/expect";
import type { Outcome } from "../../engine/rule";
import type { RunningContainer } from "./pods";

/** A violation unless the container says it, or the pod for all its containers. */
export function expectInherited(
  inputs: unknown,
  { path, pod }: RunningContainer,
  property: string,
  test: Test,
  must: string,
): Outcome[] {
  const own = `${path}.${property}`;
  const inherits =
    pod !== undefined && read(inputs, own) === undefined && read(inputs, `${pod}.${property}`) !== undefined;
  return expectAt(inputs, inherits ? `${pod}.${property}` : own, test, must);
}
