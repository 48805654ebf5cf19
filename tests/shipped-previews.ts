import { preview, type Preview } from "../preview/preview";
import { shippedStacks, type ShippedStack, today } from "./stack-files";

const planned = new Map<string, Promise<Preview>>();
let last: Promise<unknown> = Promise.resolve();

/** The plan of a stack file that ships. It is made once for all tests of a process: nothing changes a plan. */
export function shippedPreview(stack: ShippedStack): Promise<Preview> {
  return previewOnce(shippedStacks[stack]);
}

/** The plan of a stack file that no test changes, made once as well. */
export function previewOnce(file: string): Promise<Preview> {
  const known = planned.get(file);
  if (known !== undefined) return known;
  // One after the other, whoever asks: the SDK keeps in globals what it records into, so two at once would empty each other.
  const made = last.then(() => preview(file, { today }));
  last = made.catch(() => undefined);
  planned.set(file, made);
  return made;
}
