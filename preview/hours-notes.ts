import { ofTheWeek } from "../catalog/off-hours";
import type { Noted } from "./notes";

/** What a person should know before `up` of the hours in which an environment is off. */
export function hoursNotes({ environment: { hours, infra }, resources }: Noted): string[] {
  if (hours === null || infra === null) return [];
  const stays = [
    "disks, storage, network",
    ...(infra.parts.some(({ key }) => key === "runner") ? ["the runner"] : []),
    ...(resources.some(({ type }) => type.endsWith(":CapacityReservation")) ? ["reservations"] : []),
  ];
  return [
    `environment.off: for ${ofTheWeek(hours.hoursPerWeek)} cluster and scale sets are stopped: what runs ends, and up fails until they are started. Azure holds no capacity for them. What goes on billing: ${stays.join(", ")}`,
  ];
}
