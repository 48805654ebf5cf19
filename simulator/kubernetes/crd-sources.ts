import { type CrdSource, versions } from "../../catalog/versions";

type Versions = typeof versions;

/** A product whose CRDs can be had. */
export type CrdProduct = {
  [K in keyof Versions]: Versions[K]["crds"] extends CrdSource ? K : never;
}[keyof Versions];

/** Products whose CRDs can be had. */
export const crdProducts: readonly CrdProduct[] = Object.keys(versions).filter(isCrdProduct);

/** The Go module of a product at the version of the catalogue, and where its CRDs lie in it. */
export function crdSource(product: CrdProduct): CrdSource & { readonly version: string } {
  const { version, crds } = versions[product];
  return { ...crds, version: version.startsWith("v") ? version : `v${version}` };
}

/** Products whose CRDs a chart brings, by the chart's name or address. None for a chart that is not in the catalogue. */
export function crdsOfChart(chart: string): CrdProduct[] {
  return crdProducts.filter((product) => {
    const pinned = versions[product];
    return "chart" in pinned && pinned.chart === chart;
  });
}

/** Products that an AKS cluster brings by itself, by the API group of their kinds. */
const ofAks: ReadonlyMap<string, CrdProduct> = new Map([["cilium.io", "cilium"]]);

/** The product that a cluster of AKS has without being asked, for a kind of this API version; undefined for every other kind. */
export function crdsOfAks(apiVersion: string): CrdProduct | undefined {
  return ofAks.get(apiVersion.split("/")[0] ?? "");
}

function isCrdProduct(name: string): name is CrdProduct {
  const products: Readonly<Record<string, { readonly crds: CrdSource | null }>> = versions;
  return (products[name]?.crds ?? null) !== null;
}
