import { checkName } from "../../../azure/check-name";
import { checkOffHours } from "../../../catalog/check-off-hours";
import { offHoursPerWeek, offHoursTags, offTimes } from "../../../catalog/off-hours";
import type { Place } from "../../../catalog/place";
import { windowsTimeZone } from "../../../catalog/windows-time-zone";
import { physicalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { environmentHoursShape, type EnvironmentHoursShape } from "./shape";
import { longestHours, type Recurrence, recurrence } from "./workflow-definition";

/** Checked hours: what to ask of Azure. */
export interface EnvironmentHoursPlan {
  readonly location: string;
  /** Name of the identity that switches. */
  readonly identityName: string;
  readonly workflows: Readonly<Record<"off" | "on", { readonly workflowName: string; readonly when: Recurrence }>>;
  /** Hours of a week that are off. */
  readonly hoursPerWeek: number;
  /** For what is switched: by them the bill knows. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * All decisions of an environment's hours.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planEnvironmentHours(
  name: string,
  given: EnvironmentHoursShape,
  { location, names }: Pick<Place, "location" | "names">,
): EnvironmentHoursPlan {
  const subject = `Hours '${name}'`;
  const off = readShape(environmentHoursShape, given, subject);
  const problems = new Problems();
  checkOffHours(off, problems);
  const ofNight = offHoursPerWeek({ ...(off.nights !== undefined && { nights: off.nights }) }) / 7;
  problems.require(
    // Source: MicrosoftDocs/azure-aks-docs:articles/aks/start-stop-cluster.md (2026-07-21: no start for 15 to 30 minutes after a stop)
    off.nights === undefined || problems.list.length > 0 || ofNight >= longestHours,
    "off.nights",
    `must be at least ${longestHours} hours long: so long a cluster that refuses is asked to stop, and one that still stops must not be started`,
    { got: `${off.nights?.from ?? ""} to ${off.nights?.to ?? ""}`, remedy: "Let it begin earlier or end later" },
  );
  const role = roleOf(name, "env");
  const nameOf = (which: string): string =>
    physicalName("logic", names, role === undefined ? which : `${role}-${which}`);
  const identityName = physicalName("id", names, role === undefined ? "hours" : `${role}-hours`);
  checkName("logic:Workflow", nameOf("off"), problems);
  checkName("managedidentity:UserAssignedIdentity", identityName, problems);
  problems.throwIfAny(subject);
  const windowsZone = windowsTimeZone(off.timeZone);
  problems.require(windowsZone !== undefined, "off.timeZone", "must be a time zone that Logic Apps knows", {
    got: off.timeZone,
    remedy: "Write a larger place of the same zone, as Europe/Berlin",
  });
  problems.throwIfAny(subject);
  const { begin, end } = offTimes(off);
  const workflow = (which: "off" | "on"): EnvironmentHoursPlan["workflows"]["off"] => ({
    workflowName: nameOf(which),
    when: recurrence(which === "off" ? begin : end, windowsZone ?? ""),
  });
  return {
    location,
    identityName,
    workflows: { off: workflow("off"), on: workflow("on") },
    hoursPerWeek: offHoursPerWeek(off),
    tags: offHoursTags(off),
  };
}
