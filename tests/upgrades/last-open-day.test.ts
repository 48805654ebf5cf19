import { expect, it } from "vitest";
import { findLock, type VersionLock } from "../../catalog/version-locks";
import { projectName } from "../../stacks/config/sections";
import { lastOpenDay } from "../../upgrades/last-open-day";

const retired: VersionLock = { ...findLock("2026.10"), retiredOn: "2027-03-01" };

function values(versions: string | null, kubernetesVersion: string | null): Record<string, string> {
  return {
    ...(versions !== null && { [`${projectName}:environment`]: JSON.stringify({ versions }) }),
    ...(kubernetesVersion !== null && { [`${projectName}:cluster`]: JSON.stringify({ kubernetesVersion }) }),
  };
}

it.each([
  ["nothing has ended", values("2026.10", "1.36"), "2027-02-28", "2027-02-28"],
  ["its lock was retired: the day before", values("2026.10", "1.36"), "2027-03-01", "2027-02-28"],
  ["another lock was", values("2026.12", "1.36"), "2027-03-01", "2027-03-01"],
  ["its Kubernetes has left support: the last day of it", values("2026.12", "1.35.4"), "2027-04-15", "2027-03-31"],
  ["both: the earlier", values("2026.10", "1.35"), "2027-04-15", "2027-02-28"],
  ["long-term support has ended, too: the preview refuses it", values("2026.12", "1.35"), "2028-04-01", "2028-04-01"],
  ["the file names no lock, and the one that it has then was retired", values(null, null), "2027-04-15", "2027-02-28"],
  ["what it says is no lock and no version", values("x", "newest"), "2027-04-15", "2027-04-15"],
])("is judged when %s", (_, given, today, day) => {
  expect(lastOpenDay(given, today, [retired, findLock("2026.12")])).toBe(day);
});
