import { beforeAll, describe, expect, it } from "vitest";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  activityAlertRows,
  type AlertName,
  alertRows,
  metricAlertRows,
  runbookOf,
} from "../../../../components/monitoring/alert-rows";
import { ruleGroups } from "../../../../components/monitoring/managed-prometheus/rule-group-body";
import type { RuleGroup } from "../../../../components/monitoring/managed-prometheus/rule-group";
import { keysOf } from "../../../../core/records";
import { describeWithPromql, type PromqlResults, type PromqlWorld } from "../../../simulator/engine/with-promql";
import { root } from "../../../stack-files";
import { sampleCluster, samplePools } from "../sample-cluster";
import { type AlertCase, alertCases } from "./alert-cases";
import { seconds, worldGroups } from "./world-groups";

const groups = ruleGroups(samplePools, true, "eastus");
const alerts = groups.flatMap(({ rules }) => rules.flatMap((it) => ("alert" in it ? [it.alert] : [])));

/** A rule with what it reads of other rules, but for what is given as series already. */
function needed(alert: AlertName, given: readonly string[]): RuleGroup[] {
  const names = new Set<string>([alert]);
  const all = groups.flatMap(({ rules }) => rules);
  const nameOf = (it: (typeof all)[number]): string => ("record" in it ? it.record : it.alert);
  for (let before = 0; before < names.size;) {
    before = names.size;
    for (const rule of all.filter((it) => names.has(nameOf(it)))) {
      for (const other of all) {
        if ("alert" in other || given.some((it) => it.startsWith(`${other.record}{`))) continue;
        if (new RegExp(String.raw`(?<![\w:])${other.record}(?![\w:])`).test(rule.expression)) names.add(other.record);
      }
    }
  }
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter((it) => names.has(nameOf(it))) }))
    .filter(({ rules }) => rules.length > 0);
}

type Phase = readonly [values: AlertCase["bad"], samples: number];

/** Values of a series, in the notation of Prometheus' own tests. What grew does not fall: it stays, or grows on. */
function valuesOf(phases: readonly Phase[]): string {
  const [first] = phases[0] ?? [0];
  let reached = typeof first === "number" ? 0 : (first.from ?? 0);
  return phases
    .filter(([, samples]) => samples > 0)
    .map(([values, samples]) => {
      const by = typeof values === "number" ? 0 : values.by;
      const grown = phases.some(([it]) => typeof it !== "number");
      const from = typeof values === "number" ? (grown ? reached : values) : reached;
      reached = from + by * samples;
      return `${from}+${by}x${samples - 1}`;
    })
    .join(" ");
}

/** The world of a case whose phases take as many samples. */
function world(alert: AlertName, phases: readonly Phase[]): PromqlWorld {
  const { shows, beside = {}, interval = 60 } = alertCases[alert];
  const samples = phases.reduce((sum, [, it]) => sum + it, 0);
  const held = [
    ...Object.entries(beside).map(([series, value]) => `${series} ${value}x${samples}`),
    ...extra(alert, phases, samples),
  ];
  return {
    series: [...shows.map((it) => `${it} ${valuesOf(phases)}`), ...held],
    interval,
    end: samples * interval,
    groups: worldGroups(needed(alert, [...shows, ...held])),
    queries: [],
  };
}

/** Series that no single number says. */
function extra(alert: AlertName, [first]: readonly Phase[], samples: number): string[] {
  const own = `cluster="${sampleCluster}"`;
  if (alert === "ModelFails")
    return [`agentgateway_requests_total{${own}, route="infer-chat/small", status="200"} 0+94x${samples}`];
  // What measures the GPUs: silent at first where the fault is that it is.
  if (alert === "GpuNotMeasured") {
    const [bad, silent] = first ?? [0, 0];
    const power = `DCGM_FI_DEV_POWER_USAGE{${own}, node="h1"}`;
    if (bad !== silentGpus) return [`${power} 600x${samples}`];
    return silent >= samples ? [] : [`${power} _x${silent} 600x${samples - silent}`];
  }
  return [];
}

/** Stands for a fault that is a series which is missing. */
const silentGpus = -1;

/** The three worlds of a case: the fault stays, is never there, and ends. */
function worlds(alert: AlertName): { readonly all: PromqlWorld[]; readonly faultFor: number; readonly from: number } {
  const { bad: given, good, interval = 60, seenAfter = 0, looksBack = 0 } = alertCases[alert];
  const bad = alert === "GpuNotMeasured" ? silentGpus : given;
  const wait = seconds(alertRows[alert].for);
  const every = alert === "TeamBudgetUsed" ? 3600 : 60;
  const rounded = (it: number): number => Math.ceil(it / every) * every;
  const from = rounded(seenAfter) + wait;
  const faultFor = Math.ceil((from + 2 * every) / interval);
  const after = Math.ceil((looksBack + 10 * every) / interval);
  return {
    from,
    faultFor: faultFor * interval,
    all: [
      world(alert, [[bad, faultFor + after]]),
      world(alert, [[good, faultFor + after]]),
      world(alert, [
        [bad, faultFor],
        [good, after],
      ]),
      // Gone before it has held long enough.
      ...(wait > 60 && looksBack === 0
        ? [
            world(alert, [
              [bad, Math.floor((wait - 60) / interval)],
              [good, after + faultFor],
            ]),
          ]
        : []),
    ],
  };
}

it("each alert has a case, and each case an alert", () => {
  expect(Object.keys(alertCases).sort()).toEqual([...alerts].sort());
  expect(Object.keys(alertRows).sort()).toEqual([...alerts].sort());
});

describeWithPromql("alerts, by Prometheus' own engine", (ask) => {
  const asked = new Map<AlertName, ReturnType<typeof worlds>>();
  const answered = new Map<AlertName, readonly PromqlResults[]>();
  beforeAll(() => {
    for (const alert of keysOf(alertCases)) asked.set(alert, worlds(alert));
    const results = ask([...asked.values()].flatMap(({ all }) => all));
    let at = 0;
    for (const [alert, { all }] of asked) answered.set(alert, results.slice(at, (at += all.length)));
  });

  describe.each(keysOf(alertCases))("%s", (alert) => {
    const labels = { cluster: sampleCluster, ...alertCases[alert].labels };

    it("fires once the fault has held, and goes on while it does", () => {
      const from = asked.get(alert)?.from;
      expect(answered.get(alert)?.[0]?.alerts).toEqual([{ alert, labels, from, to: null }]);
    });

    it("does not fire without the fault", () => {
      expect(answered.get(alert)?.[1]?.alerts).toEqual([]);
    });

    it("recovers once the fault is gone", () => {
      const { faultFor = 0, from } = asked.get(alert) ?? {};
      const [fired, ...others] = answered.get(alert)?.[2]?.alerts ?? [];
      expect([fired?.from, others]).toEqual([from, []]);
      expect(fired?.to ?? 0).toBeGreaterThanOrEqual(faultFor);
    });

    it("does not fire for a fault that does not hold", () => {
      expect((answered.get(alert) ?? []).slice(3).flatMap((it) => it.alerts)).toEqual([]);
    });
  });
});

describe("the rows of alerts", () => {
  const rows = Object.entries({ ...alertRows, ...metricAlertRows, ...activityAlertRows });

  it.each(rows)("%s leads to a runbook and its heading", (_, row) => {
    const [file = "", anchor] = runbookOf(row).split("#");
    expect(existsSync(path.join(root, file))).toBe(true);
    const headings = readFileSync(path.join(root, file), "utf8")
      .split("\n")
      .flatMap((it) => /^#+ (.+)$/.exec(it)?.[1] ?? [])
      .map((it) =>
        it
          .toLowerCase()
          .replaceAll(/[^a-z0-9 -]/g, "")
          .replaceAll(" ", "-"),
      );
    expect(anchor === undefined || headings.includes(anchor)).toBe(true);
  });

  it.each(rows)("%s says what to do, in whole sentences", (_, { says, because }) => {
    expect(says).toMatch(/^[A-Z].+[.]$/s);
    expect(because).toMatch(/^[A-Z].+[.]$/s);
    // Read on a phone, at night.
    expect(says.length).toBeLessThan(250);
  });
});
