import { parseArmId } from "../azure/arm-id";
import { armInputs } from "../azure/arm-inputs";
import { billOf } from "../azure/bill";
import { billedElsewhere } from "../azure/billed-elsewhere";
import { findRow } from "../azure/rows";
import { tokensOf } from "../azure/tokens-of";
import { claimTag, follows, unmanagedFacts } from "../azure/unmanaged";
import { read, record, text } from "../core/property-tree";
import { isRecord, type Value } from "../core/property-value";
import type { Environment } from "../stacks/environment";
import { idOf, isAskedApart, type GroupListing, type Unlisted } from "./group-listing";
import { judgeExtension } from "./judge-extension";
import { type DriftHarm, harms } from "./judge-change";
import type { KnownResources } from "./known-resources";

/** Something in a resource group of an environment that none of its stacks has in its state. */
export interface Unmanaged {
  readonly id: string;
  /** ARM type. */
  readonly type: string;
  readonly name: string;
  readonly harm: DriftHarm;
  readonly means: string;
  /** ISO time at which it was made, and last written; null where Azure does not tell. */
  readonly created: string | null;
  readonly changed: string | null;
  /** Whether it has the tags of the environment: an update that died may have made it. */
  readonly tagged: boolean;
  /** What it bills by list prices, null where nothing of it is priced here. */
  readonly usdPerMonth: { readonly idle: number; readonly full: number } | null;
  /** What of it bills and has no price here. */
  readonly unpriced: readonly string[];
}

/** What lies in the groups of an environment beside what its stacks made. */
export interface JudgedGroups {
  readonly unmanaged: readonly Unmanaged[];
  /** How many came with a resource of a stack, made by Azure itself. */
  readonly followers: number;
  /** ARM types of the stacks that the list of a group leaves out, so that one more of them is not seen here. */
  readonly notListed: readonly string[];
  readonly unlisted: readonly Unlisted[];
}

/** Judges what was listed: a pure function. Worst first. */
export function judgeGroups(
  groups: readonly GroupListing[],
  { ids, found }: Pick<KnownResources, "ids" | "found">,
  environment: Pick<Environment, "location" | "tags">,
): JudgedGroups {
  const strangers = groups.flatMap((it) => it.strangers);
  const [followers, own] = [
    strangers.filter((it) => isFollower(it, ids)),
    strangers.filter((it) => !isFollower(it, ids)),
  ];
  const extensions = groups.flatMap((it) => it.extensions).filter((it) => !ids.has(idOf(it)));
  const unmanaged = [...own.map((it) => ofResource(it, environment)), ...extensions.map(ofExtension)];
  return {
    unmanaged: unmanaged.sort(inOrder),
    followers: followers.length,
    notListed: [...new Set(groups.flatMap((it) => typesLeftOut(it, found)))].sort(),
    unlisted: groups.flatMap((it) => it.unlisted),
  };
}

function ofResource(it: Value, { location, tags }: Pick<Environment, "location" | "tags">): Unmanaged {
  const { arm = text(it, "type") ?? "", names = [] } = parseArmId(text(it, "id") ?? "") ?? {};
  const { usdPerMonth, unpriced } = billOfListed(it, arm, location);
  const costs = (usdPerMonth?.full ?? 0) > 0 || unpriced.length > 0;
  return {
    id: text(it, "id") ?? "",
    type: arm,
    name: names.join("/"),
    ...meaningOf(it, arm, costs),
    created: text(it, "createdTime") ?? null,
    changed: text(it, "changedTime") ?? null,
    tagged: ["project", "environment"].every((key) => tags[key] !== undefined && record(it, "tags")[key] === tags[key]),
    usdPerMonth,
    unpriced,
  };
}

function meaningOf(it: Value, arm: string, costs: boolean): Pick<Unmanaged, "harm" | "means"> {
  if (record(it, "tags")[claimTag] !== undefined)
    return { harm: "harmless", means: "A CSI driver made it for a claim of somebody in the cluster" };
  const facts = unmanagedFacts(arm);
  if (facts !== undefined && !(facts.harm === "harmless" && costs)) return facts;
  if (costs) return { harm: "cost", means: "It bills until somebody deletes it" };
  return { harm: "unjudged", means: "Nobody has judged yet what one more of its type does" };
}

/** What it bills, as a plan with it would say. A list without its properties says less: then nothing is priced by guess. */
function billOfListed(it: Value, arm: string, location: string): Pick<Unmanaged, "usdPerMonth" | "unpriced"> {
  const tokens = tokensOf(arm);
  const type = tokens.find((token) => findRow(token) !== undefined) ?? tokens.find((token) => billedElsewhere(token));
  if (type === undefined || !isRecord(it)) return { usdPerMonth: null, unpriced: [] };
  const name = text(it, "name") ?? "";
  if (read(it, "properties") === undefined) return { usdPerMonth: null, unpriced: [] };
  const bill = billOf([{ type, name, inputs: armInputs(type, it) }], location);
  const sum = (side: "idle" | "full"): number =>
    bill.lines.reduce((usd, line) => usd + (side === "idle" ? line.idleUsdPerMonth : line.fullUsdPerMonth), 0);
  return {
    usdPerMonth: bill.lines.length === 0 ? null : { idle: sum("idle"), full: sum("full") },
    unpriced: bill.unpriced.map(({ what }) => what),
  };
}

/** What hangs on the group or on something in it, past the program. */
function ofExtension(it: Value): Unmanaged {
  const { arm = "", names = [] } = parseArmId(text(it, "id") ?? "") ?? {};
  return {
    id: text(it, "id") ?? "",
    type: arm,
    name: names.join("/"),
    ...judgeExtension(it),
    tagged: false,
    usdPerMonth: null,
    unpriced: [],
  };
}

/** Whether a resource says that it came with one that is known, or with a part of one. */
function isFollower(it: Value, ids: ReadonlySet<string>): boolean {
  const type = parseArmId(idOf(it))?.arm ?? "";
  return follows.some((row) => {
    if (row.type !== null && row.type !== type) return false;
    const [group, rest] = (text(it, row.path) ?? "").toLowerCase().split("/providers/");
    // The group itself is known, too: what lies in it did not come with it.
    const parts = rest?.split("/") ?? [];
    return parts.some((_, at) => ids.has(`${group ?? ""}/providers/${parts.slice(0, at + 1).join("/")}`));
  });
}

/** Types that a stack has in a group and that its list shows none of, although they are there. */
function typesLeftOut({ id, listed, unlisted }: GroupListing, found: readonly string[]): readonly string[] {
  if (unlisted.some(({ what }) => what === "resources")) return [];
  const within = `${id.toLowerCase()}/providers/`;
  const typesOf = (ids: Iterable<string>): Map<string, string> =>
    new Map(
      [...ids].flatMap((it) => {
        const { arm } = parseArmId(it) ?? {};
        return arm === undefined ? [] : [[arm.toLowerCase(), arm] as const];
      }),
    );
  const seen = typesOf(listed);
  const made = typesOf(found.filter((it) => it.toLowerCase().startsWith(within)));
  return [...made].flatMap(([key, arm]) => (seen.has(key) || isAskedApart(arm) ? [] : [arm]));
}

function inOrder(a: Unmanaged, b: Unmanaged): number {
  return harms.indexOf(a.harm) - harms.indexOf(b.harm) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
