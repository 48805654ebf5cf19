import { storeKinds, type StoreUse, storeUses } from "../catalog/store-kinds";
import { markdownTable } from "./markdown-table";

const words: { readonly [U in StoreUse]: string } = {
  checkpoints: "Checkpoints",
  dataSets: "Data sets",
  weights: "Weights",
  homes: "Homes",
};

/** What each kind of store is, and what it is good for: two tables. */
export function storesTables(): string {
  const kinds = markdownTable(
    ["`storage.`", "Azure", "As files", "One request", "Holds", "Undo", "Bills"],
    storeKinds.map(({ section, name, files, latency, largest, undo, bills }) => [
      `\`${section}\``,
      name,
      files,
      latency,
      largest,
      undo,
      bills,
    ]),
  );
  const uses = markdownTable(
    ["", ...storeKinds.map(({ section }) => `\`${section}\``)],
    storeUses.map((use) => [words[use], ...storeKinds.map(({ serves }) => serves[use] ?? "-")]),
  );
  return `${kinds}\n\n${uses}`;
}
