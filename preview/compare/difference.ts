import type { BillLine, UnpricedOf } from "../../azure/bill";
import type { Unpriced } from "../../azure/charge";
import { cents, usdOf } from "../../azure/money";
import { same } from "../../core/property-value";
import type { Finding } from "../../policies/engine/judge";
import type { FiledResource } from "../plan-file/read-plan-file";
import type { MonthlyCost } from "../summary/cost";
import type { Summary } from "../summary/summary";
import { resourceChanges, type ResourceChanges } from "./resource-changes";

/** A figure before and after. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/** A line of the bill that is not the same in both plans; `null` where there is none. */
export interface LineChange extends Change<MonthlyCost | null> {
  readonly kind: BillLine["kind"];
  readonly resource: string;
  readonly what: string;
}

/** Something of a resource that bills and is in no figure, because it has no price here. */
export interface UnpricedThing extends Unpriced {
  readonly resource: string;
}

/** What differs from one plan to the next. Both are priced by the same list, so that a new list is no difference. */
export interface Difference {
  readonly cost: Change<MonthlyCost> & {
    readonly lines: readonly LineChange[];
    /** What has no price, so that the figures say nothing of it. */
    readonly unpriced: { readonly added: readonly UnpricedThing[]; readonly gone: readonly UnpricedThing[] };
  };
  readonly energy: Change<{ readonly fullKW: number; readonly fullKWhPerMonth: number }>;
  readonly capacity: Change<{
    readonly gpus: number;
    readonly gpuNodes: number;
    readonly infinibandDomains: number;
    readonly largestJobGpus: number;
  }>;
  /** vCPUs by family and region, those that change. */
  readonly quota: readonly (Change<number> & { readonly family: string; readonly region: string })[];
  readonly resources: ResourceChanges;
  readonly findings: { readonly added: readonly Finding[]; readonly gone: readonly Finding[] };
}

/** One plan, with what was counted and judged of it. */
export interface Compared {
  readonly resources: readonly FiledResource[];
  readonly summary: Summary;
  readonly findings: readonly Finding[];
}

/** Compares two plans. */
export function difference(before: Compared, after: Compared): Difference {
  const both = <T>(pick: (it: Summary) => T): Change<T> => ({
    before: pick(before.summary),
    after: pick(after.summary),
  });
  return {
    cost: {
      ...both(({ cost }) => monthly(cost)),
      lines: lineChanges(before.summary, after.summary),
      unpriced: {
        added: unpricedBeyond(after.summary, before.summary),
        gone: unpricedBeyond(before.summary, after.summary),
      },
    },
    energy: both(({ energy: { fullKW, fullKWhPerMonth } }) => ({ fullKW, fullKWhPerMonth })),
    capacity: both(({ gpus, gpuNodes, infinibandDomains, largestJob }) => ({
      gpus,
      gpuNodes,
      infinibandDomains: infinibandDomains.length,
      largestJobGpus: largestJob?.gpus ?? 0,
    })),
    quota: quotaChanges(before.summary, after.summary),
    resources: resourceChanges(before.resources, after.resources),
    findings: {
      added: after.findings.filter((it) => !before.findings.some((other) => isSame(it, other))),
      gone: before.findings.filter((it) => !after.findings.some((other) => isSame(it, other))),
    },
  };
}

/** Whether nothing at all differs. */
export function isNone({ cost, energy, capacity, quota, resources, findings }: Difference): boolean {
  const { added, removed, changed, replaced } = resources;
  const changes = [
    cost.lines,
    cost.unpriced.added,
    cost.unpriced.gone,
    quota,
    added,
    removed,
    changed,
    replaced,
    findings.added,
    findings.gone,
  ];
  return (
    changes.every((it: readonly unknown[]) => it.length === 0) &&
    [cost, energy, capacity].every((it) => same(it.before, it.after))
  );
}

function monthly({ idleUsdPerMonth, fullUsdPerMonth }: MonthlyCost): MonthlyCost {
  return { idleUsdPerMonth, fullUsdPerMonth };
}

/** Lines of both bills that are not the same, by what they are for. A resource may have two of a kind: those count as one. */
function lineChanges(before: Summary, after: Summary): LineChange[] {
  const [was, is] = [byLine(before.cost.lines), byLine(after.cost.lines)];
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((key) => {
    const [one, other] = [was.get(key), is.get(key)];
    const { kind, resource, what } = one ?? other ?? { kind: "other", resource: "", what: "" };
    const change = {
      before: one === undefined ? null : monthly(one),
      after: other === undefined ? null : monthly(other),
    };
    return same(change.before, change.after) ? [] : [{ kind, resource, what, ...change }];
  });
}

/** What has no price in one plan and is not in the other. */
function unpricedBeyond({ cost }: Summary, other: Summary): UnpricedThing[] {
  const key = ({ resource, what }: UnpricedThing): string => [resource, what].join(" | ");
  const there = new Set(unpricedThings(other.cost.unpriced).map(key));
  return unpricedThings(cost.unpriced).filter((it) => !there.has(key(it)));
}

function unpricedThings(unpriced: readonly UnpricedOf[]): UnpricedThing[] {
  return unpriced.flatMap(({ what, because, resources }) => resources.map((resource) => ({ resource, what, because })));
}

type Line = Pick<BillLine, "kind" | "resource" | "what"> & MonthlyCost;

function byLine(lines: readonly BillLine[]): Map<string, Line> {
  const found = new Map<string, Line>();
  for (const { kind, resource, what, ...it } of lines) {
    const key = [kind, resource, what].join(" | ");
    const before = found.get(key);
    const sum = (pick: (of: MonthlyCost) => number): number =>
      usdOf(cents(pick(it)) + (before === undefined ? 0 : cents(pick(before))));
    found.set(key, {
      kind,
      resource,
      what,
      idleUsdPerMonth: sum((of) => of.idleUsdPerMonth),
      fullUsdPerMonth: sum((of) => of.fullUsdPerMonth),
    });
  }
  return found;
}

function quotaChanges(before: Summary, after: Summary): Difference["quota"] {
  const needs = ({ quota }: Summary): Map<string, number> =>
    new Map(
      quota.map(({ family, region, vcpus }) => [`${family ?? "a family without a sourced name"} ${region}`, vcpus]),
    );
  const [was, is] = [needs(before), needs(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((key) => {
    const change = { before: was.get(key) ?? 0, after: is.get(key) ?? 0 };
    const at = key.lastIndexOf(" ");
    return change.before === change.after ? [] : [{ family: key.slice(0, at), region: key.slice(at + 1), ...change }];
  });
}

/** By what it says of which place: its text names the value, which may change. */
function isSame(one: Finding, other: Finding): boolean {
  return one.rule === other.rule && one.urn === other.urn && one.path === other.path;
}
