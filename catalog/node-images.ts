import type { NodeImages } from "./vm-size";

/**
 * Days that a node image may be old. A rule of this project: AKS brings one every week and says only that they be kept current, and a
 * very old one may fall out of support. Of pools that run AKS takes none to a snapshot of an older image, either.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/node-images.md (2026-07-13), node-pool-snapshot.md (2024-01-29)
 */
export const oldestNodeImageDays = 90;

/** What the version of a node image says. */
export interface NodeImageVersion {
  /** The number alone: `202607.15.0`. */
  readonly number: string;
  /** ISO day of its last fixes. */
  readonly fixed: string;
}

/**
 * Reads `AKSUbuntu-2404gen2containerd-202607.15.0`, with `-2026.08.01` after it where AKS patched nodes without a new image. What has
 * another form is `undefined`.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/upgrade-node-image.md (2026-08-03), auto-upgrade-node-os-image.md (2026-06-26, with a day after it)
 */
export function parseNodeImage(version: string): NodeImageVersion | undefined {
  const parts = /-((\d{4})(\d{2})\.(\d{2})\.\d+)(?:-(\d{4})\.(\d{2})\.(\d{2}))?$/.exec(version);
  if (parts === null) return undefined;
  const [, number = "", ...days] = parts;
  const fixed = days
    .slice(days[3] === undefined ? 0 : 3)
    .slice(0, 3)
    .join("-");
  return Number.isNaN(Date.parse(fixed)) ? undefined : { number, fixed };
}

/** Whether an image is older than it should be on a day. */
export function isOldImage({ fixed }: NodeImageVersion, today: string): boolean {
  return (Date.parse(today) - Date.parse(fixed)) / 86_400_000 > oldestNodeImageDays;
}

/** The images that the GPUs of a size work with: `202606.08.1 or newer, and not 202607.02.0`. */
export function fittingImages({ oldest, broken }: NodeImages): string {
  return `${oldest} or newer${broken.length === 0 ? "" : `, and not ${broken.join(" or ")}`}`;
}

/** Whether the GPUs of a size work with an image. */
export function worksWith({ number }: NodeImageVersion, { oldest, broken }: NodeImages): boolean {
  return number >= oldest && !broken.includes(number);
}
