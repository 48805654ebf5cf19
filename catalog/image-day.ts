/**
 * Day on which an image was made, as its version says; `undefined` for a version that says no day. Both Ubuntu and its image for
 * HPC are numbered by the day and a running number: 24.04.202609040, 24.04.2026072901.
 * Source: Azure/azhpc-images, tags of 2024 to 2026; versions that public deployments pin
 */
export function imageDay(version: string): string | undefined {
  const [, year = "", month = "", day = ""] = /\.(20\d{2})(\d{2})(\d{2})\d{1,2}$/.exec(version) ?? [];
  const date = `${year}-${month}-${day}`;
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : undefined;
}
