import { parseArmId } from "../azure/arm-id";
import { countText } from "../preview/count-text";
import { numberText } from "../preview/number-text";
import type { GroupsReport, ToldUnmanaged } from "./report";

/** What is there, in a line. */
export function unmanagedLine({ type, name }: ToldUnmanaged): string {
  return `${type} ${name}`;
}

/** What follows of it, who made it, and what it bills: a sentence each. */
export function unmanagedFactsOf(it: ToldUnmanaged): string[] {
  const { means, usdPerMonth, unpriced, tagged } = it;
  const bills = [
    ...(usdPerMonth === null ? [] : [`${usdText(usdPerMonth)} USD a month by list prices`]),
    ...unpriced.map((what) => `${what}, at a price that is not known here`),
  ];
  return [
    means,
    madeLine(it),
    ...(bills.length === 0 ? [] : [`Bills ${bills.join("; ")}`]),
    ...(tagged ? ["Has the tags of the environment: an update that died may have made it"] : []),
  ];
}

function madeLine({ created, acts }: ToldUnmanaged): string {
  const wrote = acts.filter(({ operation }) => /\/write$/i.test(operation)).at(-1);
  const when = created === null ? "" : ` ${created}`;
  if (wrote === undefined) return `Made${when}; by whom is not known`;
  return `Made${when}, written by ${wrote.caller ?? "somebody"} at ${wrote.when}`;
}

function usdText({ idle, full }: NonNullable<ToldUnmanaged["usdPerMonth"]>): string {
  const [least, most] = [numberText(Math.round(idle)), numberText(Math.round(full))];
  return least === most ? most : `${least} to ${most}`;
}

/** How much lies beside the stacks, in a line. */
export function besideLine({ groups, unmanaged }: GroupsReport): string {
  const names = groups.map((it) => parseArmId(it)?.resourceGroupName ?? it).join(", ");
  const seen = unmanaged.length === 0 ? "nothing was seen" : countText(unmanaged.length, "thing");
  return `In ${names}: ${seen} that no stack made`;
}

/** What was left out, and why: a line each. */
export function besideNotes({ followers, notListed, unlisted, unmanaged, asked }: GroupsReport): string[] {
  return [
    ...(followers === 0
      ? []
      : [`${countText(followers, "resource")} more came with resources of the stacks: Azure makes them by itself`]),
    ...(notListed.length === 0
      ? []
      : [`Not looked for, because the list of a group has none of them: ${notListed.join(", ")}`]),
    ...unlisted.map(
      ({ group, what, because, remedy }) =>
        `Incomplete: ${what} of ${parseArmId(group)?.resourceGroupName ?? group} could not be listed: ${because}. ${remedy}`,
    ),
    ...(asked.answered || unmanaged.length === 0 ? [] : [`Who made it could not be asked: ${asked.because}`]),
    ...(unmanaged.length === 0
      ? []
      : [
          `Keep: write it into the stack file and import it. Nobody's: ${[...new Set(unmanaged.map(deletion))].join(" or ")}. No up touches it.`,
        ]),
  ];
}

/** What takes a thing away: what hangs on another one has a command of its own. */
function deletion({ type }: ToldUnmanaged): string {
  const command = {
    "microsoft.authorization/locks": "lock",
    "microsoft.authorization/roleassignments": "role assignment",
  }[type.toLowerCase()];
  return `az ${command ?? "resource"} delete --ids ID`;
}
