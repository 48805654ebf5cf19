import { spokenName } from "../core/urn";
import { lockText } from "../delivery/lock-text";
import type { SavedPlan } from "../delivery/saved-plan";
import { numberText } from "../preview/number-text";

/** A saved plan as people read it. */
export function planText(plan: SavedPlan): string {
  const steps = plan.steps.map(
    (it) => `  ${it.op} ${it.urn}${it.changed.length > 0 ? ` [${it.changed.join(", ")}]` : ""}`,
  );
  const findings = plan.findings.map((it) => `  ${it.level} ${it.rule} ${it.urn}: ${it.message.replace(/\s+/g, " ")}`);
  const blocks = [
    `${plan.stack} at ${plan.commit}${plan.dirty ? " and files that differ" : ""}, made by ${plan.makers.join(", ") || "nobody since the last"}`,
    ...steps,
    `Lock of versions: ${lockText(plan.versions)}`,
    ...plan.versions.moves.map(
      (it) => `  ${spokenName(it.urn)} ${it.path}: ${it.before ?? "none"} -> ${it.after ?? "none"}`,
    ),
    ...(plan.bill === null ? ["Bill: unknown, the policies ended the preview"] : billLines(plan.bill)),
    ...plan.quota.map((it) => `Quota ${it.family} ${it.region}: ${it.before} vCPUs before, ${it.after} after`),
  ];
  return [...blocks, ...(findings.length > 0 ? ["Policies", ...findings] : []), `Plan ${plan.hash}`, ""].join("\n");
}

function billLines({ before, after }: NonNullable<SavedPlan["bill"]>): string[] {
  const of = (key: keyof typeof before): string =>
    `${numberText(Math.round(before[key]))} before, ${numberText(Math.round(after[key]))} after`;
  return [`USD a month: idle ${of("idleUsdPerMonth")}; full ${of("fullUsdPerMonth")}`];
}
