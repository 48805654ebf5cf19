import { chartName } from "../../catalog/chart-name";
import { kedaApiGroup } from "../../catalog/keda";
import { secretsStore } from "../../catalog/secrets-store";
import {
  type ChartVersion,
  type ComponentVersion,
  type CrdSource,
  type DefinedKind,
  versions,
} from "../../catalog/versions";

type Versions = typeof versions;
type Row = ChartVersion | ComponentVersion;

/** A product whose CRDs can be had. */
export type CrdProduct = {
  [K in keyof Versions]: Versions[K]["crds"] extends CrdSource ? K : never;
}[keyof Versions];

/** Products whose CRDs can be had. */
export const crdProducts: readonly CrdProduct[] = Object.keys(versions).filter(isCrdProduct);

/**
 * The Go module of a product, and where its CRDs lie in it.
 * @param version Of the product. @default the catalogue's
 */
export function crdSource(
  product: CrdProduct,
  version: string = versions[product].version,
): CrdSource & { readonly version: string } {
  const { crds } = versions[product];
  return { ...crds, version: version.startsWith("v") ? version : `v${version}` };
}

/**
 * Products whose CRDs a chart brings, by the chart's name or address, in whatever registry a copy of it lies. None for a chart that is
 * not in the catalogue.
 */
export function crdsOfChart(chart: string): CrdProduct[] {
  return crdProducts.filter((product) => rowsOfChart(chart).includes(versions[product]));
}

/** Kinds that a chart brings and whose CRDs cannot be had. */
export function kindsOfChart(chart: string): readonly DefinedKind[] {
  return rowsOfChart(chart).flatMap(({ crds }) => (crds !== null && "kinds" in crds ? crds.kinds : []));
}

/** Products that an AKS cluster brings by itself, or by an add-on of its own, by the API group of their kinds. */
const ofAks: ReadonlyMap<string, CrdProduct> = new Map<string, CrdProduct>([
  ["cilium.io", "cilium"],
  [kedaApiGroup, "keda"],
  [secretsStore.apiGroup, "secretsStoreCsiDriver"],
]);

/** The product that a cluster of AKS has without being asked, for a kind of this API version; undefined for every other kind. */
export function crdsOfAks(apiVersion: string): CrdProduct | undefined {
  return ofAks.get(apiVersion.split("/")[0] ?? "");
}

function rowsOfChart(chart: string): Row[] {
  return Object.values<Row>(versions).filter((row) => "chart" in row && chartName(row.chart) === chartName(chart));
}

function isCrdProduct(name: string): name is CrdProduct {
  const rows: Readonly<Record<string, Row>> = versions;
  const crds = rows[name]?.crds ?? null;
  return crds !== null && "module" in crds;
}
