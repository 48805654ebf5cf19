import { chartName } from "../catalog/chart-name";
import { untestedPairs, type VersionKey } from "../catalog/version-set";
import { type VersionLock, versionsOf } from "../catalog/version-locks";
import { text } from "../core/property-tree";
import type { Noted } from "./notes";

/** Add-ons that run beside each other in versions that their projects do not test together. */
export function versionNotes({
  environment: { lock },
  resources,
}: Pick<Noted, "resources"> & { readonly environment: { readonly lock: VersionLock } }): string[] {
  const versions = versionsOf(lock);
  const charts = new Set(
    resources
      .filter(({ type }) => type === "kubernetes:helm.sh/v3:Release")
      .map(({ inputs }) => chartName(text(inputs, "chart") ?? "")),
  );
  const runs = (component: VersionKey): boolean => {
    const row = versions[component];
    return "chart" in row && charts.has(chartName(row.chart));
  };
  return untestedPairs
    .filter(({ component, other }) => runs(component) && runs(other))
    .map(
      ({ component, other, testedWith, because }) =>
        `platform.${component}: ${versions[component].version} is tested with ${other} ${testedWith}, and runs with ` +
        `${versions[other].version} here: ${because}. Try your own models before you rely on it`,
    );
}
