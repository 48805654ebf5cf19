import { type StoreKind, storeKinds, type StoreUse, storeUses } from "../../catalog/store-kinds";
import type { PricedStore } from "./storage";

/** Which store of an environment serves a use. */
export interface ServedUse {
  readonly use: StoreUse;
  /** The one that serves it best, with what it costs; null where none does. */
  readonly store: PricedStore | null;
  /** Why that one, or what would be good for it. */
  readonly why: string;
  /** Section of the stack file that would serve it better or at all, null where the best is there. */
  readonly missing: StoreKind["section"] | null;
}

/** Order of the kinds for a use: the first is the best. What is not named is not good for it. */
const order: { readonly [U in StoreUse]: readonly StoreKind["section"][] } = {
  checkpoints: ["lustre", "netapp", "blob"],
  dataSets: ["lustre", "blob", "archive"],
  weights: ["blob", "archive"],
  homes: ["netapp"],
};

/** Says for each use which of the stores serves it. Of several of a kind the fastest. */
export function servedUses(stores: readonly PricedStore[]): ServedUse[] {
  return storeUses.map((use) => {
    const kinds = order[use].flatMap((section) => storeKinds.filter((it) => it.section === section));
    const [best] = kinds;
    for (const kind of kinds) {
      const [store] = stores
        .filter((it) => it.kind === kind.name)
        .sort((a, b) => (b.throughputMBps ?? 0) - (a.throughputMBps ?? 0));
      if (store === undefined) continue;
      const missing = kind === best ? null : (best?.section ?? null);
      return { use, store, why: kind.serves[use] ?? "", missing };
    }
    return { use, store: null, why: best?.serves[use] ?? "", missing: best?.section ?? null };
  });
}
