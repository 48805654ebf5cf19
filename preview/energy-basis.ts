import type { Energy } from "./summary/energy";

/** What the figures of energy are made from, and what they leave out. */
export function energyBasis({ pue, unknown }: Energy): string {
  const left =
    unknown.length === 0
      ? ""
      : `; without ${unknown.map((it) => it.replace("Standard_", "")).join(", ")}, whose power no source gives`;
  return `Estimated from board power and PUE ${pue}${left}.`;
}
