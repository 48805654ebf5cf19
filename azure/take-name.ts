import { claim } from "../core/claim";
import { Problems } from "../core/problems";
import { checkName } from "./check-name";

/**
 * Takes a physical name for a component without a plan of its own, before it registers anything: Azure must allow the name,
 * and no other component of the program may have it.
 * @param kind What the component makes, for messages: `Managed identity`.
 * @throws MisconfiguredError
 */
export function takeName(kind: string, token: string, name: string): string {
  const problems = new Problems();
  checkName(token, name, problems);
  problems.throwIfAny(`${kind} '${name}'`);
  claim(kind, name);
  return name;
}
