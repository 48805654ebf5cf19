import { numberText } from "./number-text";

/** An amount of things: 1 node, 1,024 nodes. */
export function countText(value: number, noun: string): string {
  return `${numberText(value)} ${noun}${value === 1 ? "" : "s"}`;
}
