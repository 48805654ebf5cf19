import { preview, type Preview } from "../preview/preview";
import { shippedStacks, type ShippedStack, today } from "./stack-files";

const planned = new Map<string, Promise<Preview>>();

/** The plan of a stack file that ships. It is made once for all tests of a process: nothing changes a plan. */
export function shippedPreview(stack: ShippedStack): Promise<Preview> {
  return previewOnce(shippedStacks[stack]);
}

/** The plan of a stack file that no test changes, made once as well. */
export function previewOnce(file: string): Promise<Preview> {
  const known = planned.get(file) ?? preview(file, { today });
  planned.set(file, known);
  return known;
}
