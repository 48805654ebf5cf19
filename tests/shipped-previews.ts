import { preview, type Preview } from "../preview/preview";
import { shippedStacks, type ShippedStack, today } from "./stack-files";

const planned = new Map<ShippedStack, Promise<Preview>>();

/** The plan of a stack file that ships. It is made once for all tests of a process: nothing changes a plan. */
export function shippedPreview(stack: ShippedStack): Promise<Preview> {
  const known = planned.get(stack) ?? preview(shippedStacks[stack], { today });
  planned.set(stack, known);
  return known;
}
