/** A Kubernetes minor version on AKS. All dates are ISO days; sources name months, so ends are the last day. */
export interface KubernetesVersion {
  /** For example `1.36`. */
  readonly minor: string;
  /** General availability, `null` when it lies before what the sources tell. */
  readonly generalAvailability: string | null;
  /** Last day of normal support. */
  readonly endOfSupport: string;
  /** Last day of long-term support, which needs tier Premium. */
  readonly endOfLongTermSupport: string;
  /** Newest patch on the day `patchesAsOf`. */
  readonly newestPatch: number;
}

/** Who supports a version on a day: nobody yet, everybody's support, Azure's long-term support, nobody any more. */
export type KubernetesSupport = "not-released" | "community" | "long-term" | "ended" | "unknown";

/**
 * Minor versions that AKS supports, oldest first.
 * Of 1.33 only the long-term support is documented: it had left normal support by 2026-08-05.
 * Sources: MicrosoftDocs/azure-aks-docs:articles/aks/supported-kubernetes-versions.md (2026-08-05);
 * Azure/AKS:CHANGELOG.md, release of 2026-06-19 (1.36); https://github.com/Azure/AKS/releases/tag/2026-10-25 (1.37).
 */
export const kubernetesVersions: readonly KubernetesVersion[] = [
  {
    minor: "1.33",
    generalAvailability: null,
    endOfSupport: "2026-08-04",
    endOfLongTermSupport: "2027-07-31",
    newestPatch: 13,
  },
  {
    minor: "1.34",
    generalAvailability: null,
    endOfSupport: "2026-11-30",
    endOfLongTermSupport: "2027-11-30",
    newestPatch: 12,
  },
  {
    minor: "1.35",
    generalAvailability: "2026-03-01",
    endOfSupport: "2027-03-31",
    endOfLongTermSupport: "2028-03-31",
    newestPatch: 9,
  },
  {
    minor: "1.36",
    generalAvailability: "2026-06-19",
    endOfSupport: "2027-06-30",
    endOfLongTermSupport: "2028-06-30",
    newestPatch: 5,
  },
  {
    minor: "1.37",
    generalAvailability: "2026-10-25",
    endOfSupport: "2027-10-31",
    endOfLongTermSupport: "2028-10-31",
    newestPatch: 1,
  },
];

/** Source: https://github.com/Azure/AKS/releases/tag/2026-10-25, which names none of 1.33 (Azure/AKS:CHANGELOG.md, 2026-07-17) */
const patchesAsOf = "2026-10-25";

/**
 * AKS patches a version by itself once the community no longer does, and counts from here: 1.30.100.
 * Source: Azure/AKS:CHANGELOG.md, releases of 2025-10-12 and 2026-01-04
 */
const firstLongTermPatch = 100;

/**
 * Reads `1.36` or `1.36.2`. Anything else, a leading `v` or zero included, is `undefined`: AKS refuses it.
 */
export function parseKubernetesVersion(text: string): { minor: string; patch: number | null } | undefined {
  const match = /^([1-9]\d*\.(?:0|[1-9]\d*))(?:\.(0|[1-9]\d{0,2}))?$/.exec(text);
  if (match?.[1] === undefined) return undefined;
  return { minor: match[1], patch: match[2] === undefined ? null : Number(match[2]) };
}

/**
 * `1.36` of `1.36` or `1.36.2`.
 * @throws Error when the text is no version: what comes here was checked before
 */
export function minorOf(version: string): string {
  const parsed = parseKubernetesVersion(version);
  if (parsed === undefined) throw new Error(`not a Kubernetes version: ${version}`);
  return parsed.minor;
}

/** Whether a version is a minor version or a later one. */
export function isAtLeast(version: string, minor: string): boolean {
  return (minorNumber(version) ?? 0) >= (minorNumber(minor) ?? 0);
}

/** Pod Security levels are pinned to the cluster's minor version, so that an upgrade changes them knowingly. */
export function podSecurityVersion(kubernetesVersion: string): string {
  return `v${minorOf(kubernetesVersion)}`;
}

/**
 * Support of a version on a day, given as `2026-11-21`. `unknown` is a version that the table does not know, or a patch that
 * cannot be there yet.
 */
export function supportOf(version: string, onDate: string): KubernetesSupport {
  const parsed = parseKubernetesVersion(version);
  const row = kubernetesVersions.find(({ minor }) => minor === parsed?.minor);
  if (row === undefined || !canHavePatch(row, parsed?.patch ?? 0, onDate)) return "unknown";
  if (row.generalAvailability !== null && onDate < row.generalAvailability) return "not-released";
  if (onDate <= row.endOfSupport) return "community";
  return onDate <= row.endOfLongTermSupport ? "long-term" : "ended";
}

/**
 * Whether a patch of a minor version can be there on a day. A patch comes each month, and now and then one more.
 * Source: kubernetes/website:data/releases/schedule.yaml (June 2023): 16 patches of 1.24 in 15 months
 */
function canHavePatch({ newestPatch, endOfSupport }: KubernetesVersion, patch: number, onDate: string): boolean {
  if (patch < firstLongTermPatch) return patch <= newestPatch + monthsBegun(patchesAsOf, onDate) + 1;
  return onDate > endOfSupport && patch - firstLongTermPatch <= monthsBegun(endOfSupport, onDate);
}

function monthsBegun(from: string, to: string): number {
  const months = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return Math.max(0, months(to) - months(from) + (to.slice(8) > from.slice(8) ? 1 : 0));
}

/**
 * Kubernetes versions that an AKS OS SKU runs, both ends included.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/upgrade-os-version.md (2026-08-21)
 */
export const osSkuVersions: ReadonlyMap<string, { readonly from: string | null; readonly to: string }> = new Map([
  ["Ubuntu2204", { from: null, to: "1.36" }],
  ["Ubuntu2404", { from: "1.32", to: "1.38" }],
  ["AzureLinux3", { from: "1.28", to: "1.36" }],
]);

/** Whether an OS SKU runs a Kubernetes version, `null` when no source tells. */
export function osSkuRuns(osSku: string, version: string): boolean | null {
  const range = osSkuVersions.get(osSku);
  const minor = minorNumber(version);
  if (range === undefined || minor === undefined) return null;
  return minor <= (minorNumber(range.to) ?? 0) && (range.from === null || minor >= (minorNumber(range.from) ?? 0));
}

/**
 * Releases that `Ubuntu` stands for, newest first, each from a Kubernetes version on.
 * Sources: MicrosoftDocs/azure-aks-docs:articles/aks/upgrade-os-version.md (2026-08-21);
 * https://github.com/Azure/AKS/releases/tag/2026-10-25 (26.04 from 1.38)
 */
const ubuntuReleases = [
  { from: "1.38", osSku: "Ubuntu2604" },
  { from: "1.35", osSku: "Ubuntu2404" },
  { from: "1.25", osSku: "Ubuntu2204" },
] as const;

/** The OS SKU that names a release and stands for one: what `Ubuntu` is at a Kubernetes version, any other as it is. */
export function releaseOf(osSku: string, version: string): string {
  if (osSku !== "Ubuntu") return osSku;
  return ubuntuReleases.find(({ from }) => isAtLeast(version, from))?.osSku ?? osSku;
}

function minorNumber(version: string): number | undefined {
  const parsed = parseKubernetesVersion(version);
  return parsed === undefined ? undefined : Number(parsed.minor.split(".")[1]);
}
