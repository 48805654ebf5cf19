import { output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { type WeeklyTime, weekdays } from "../../../catalog/off-hours";
import { EnvironmentHours } from "../../../components/foundation/environment-hours/environment-hours";
import { planEnvironmentHours } from "../../../components/foundation/environment-hours/plan";
import { recurrence, workflowDefinition } from "../../../components/foundation/environment-hours/workflow-definition";
import { read } from "../../../core/property-tree";
import { allOf, idOf, place, problemsOf, recorded, refused, scope, tree } from "../../recorded";
import { runBranch } from "./workflow-run";

const shape = { nights: { from: "20:00", to: "07:15" }, weekends: true, timeZone: "Europe/Berlin" };
const cluster = idOf("Microsoft.ContainerService/managedClusters/aks");
const nodes = idOf("Microsoft.Compute/virtualMachineScaleSets/vmss");
const head = idOf("Microsoft.Compute/virtualMachines/head");
const switched = {
  aks: { type: "ManagedCluster", resourceId: cluster },
  nodes: { type: "VirtualMachineScaleSet", resourceId: nodes },
  head: { type: "VirtualMachine", resourceId: head },
} as const;
const identity = idOf("Microsoft.ManagedIdentity/userAssignedIdentities/id-gpu-dev-eastus-hours");
const arm = "https://management.azure.com";

describe("EnvironmentHours", () => {
  it("makes an identity and two workflows, which switch everything at the times of its zone", async () => {
    const plan = await recorded(() => {
      const things = { ...switched, aks: { type: "ManagedCluster", resourceId: output(cluster) } } as const;
      new EnvironmentHours("env", { scope, ...shape, switched: things });
    });
    expect(tree(plan)).toEqual([
      "EnvironmentHours env",
      "UserAssignedIdentity env-hours < EnvironmentHours env",
      "Workflow env-off < EnvironmentHours env",
      "Workflow env-on < EnvironmentHours env",
    ]);
    const post = (uri: string): object => ({
      type: "Http",
      runAfter: {},
      inputs: {
        method: "POST",
        uri,
        authentication: { type: "ManagedServiceIdentity", identity, audience: arm },
      },
    });
    const branch = (name: string, uri: string): object => ({
      type: "Until",
      runAfter: {},
      actions: {
        [name]: post(uri),
        [`wait-${name}`]: {
          type: "Wait",
          runAfter: { [name]: ["Failed", "TimedOut"] },
          inputs: { interval: { count: 10, unit: "Minute" } },
        },
      },
      expression: `@equals(actions('${name}')?['status'], 'Succeeded')`,
      limit: { count: 12, timeout: "PT2H" },
    });
    const workflow = (which: "off" | "on", hour: number, minute: number, words: readonly string[]): object => ({
      location: "eastus",
      resourceGroupName: "rg-test",
      tags: scope.tags,
      workflowName: `logic-gpu-dev-eastus-${which}`,
      state: "Enabled",
      accessControl: { triggers: { allowedCallerIpAddresses: [] } },
      identity: { type: "UserAssigned", userAssignedIdentities: [identity] },
      definition: {
        $schema:
          "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
        contentVersion: "1.0.0.0",
        triggers: {
          hours: {
            type: "Recurrence",
            recurrence: {
              frequency: "Week",
              interval: 1,
              timeZone: "W. Europe Standard Time",
              startTime: "2026-01-01T00:00:00",
              schedule: {
                weekDays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
                hours: [hour],
                minutes: [minute],
              },
            },
          },
        },
        actions: {
          "switch-aks": branch("aks", `${arm}${cluster}/${words[0] ?? ""}?api-version=2025-09-01`),
          "switch-nodes": branch("nodes", `${arm}${nodes}/${words[1] ?? ""}?api-version=2024-11-01`),
          "switch-head": branch("head", `${arm}${head}/${words[1] ?? ""}?api-version=2024-11-01`),
        },
      },
    });
    expect(allOf(plan, "azure-native:logic:Workflow").map(({ inputs }) => inputs)).toEqual([
      workflow("off", 20, 0, ["stop", "deallocate"]),
      workflow("on", 7, 15, ["start", "start"]),
    ]);
  });

  it("tries again what is refused, for two hours, and calls nothing again that was taken", () => {
    const when = recurrence({ days: ["Monday"], hour: 7, minute: 0 }, "UTC");
    const definition = workflowDefinition("off", when, switched, identity);
    const branch = read(definition, "actions.switch-aks");
    const stop = `POST ${arm}${cluster}/stop?api-version=2025-09-01`;
    expect(runBranch(branch, () => 202)).toEqual({ calls: [stop], minutes: 0, succeeded: true });
    // Somebody upgrades it.
    const busy = runBranch(branch, (call) => (call < 3 ? 409 : 202));
    expect(busy).toEqual({ calls: [stop, stop, stop, stop], minutes: 30, succeeded: true });
    const never = runBranch(branch, () => 409);
    expect([never.calls.length, never.minutes, never.succeeded]).toEqual([12, 120, false]);
  });

  it.each<[string, object, RegExp]>([
    ["hours that are none", { nights: undefined, weekends: false }, /^off: must have nights, weekends or both/],
    ["a zone that is none", { timeZone: "CET" }, /^off\.timeZone: must be a time zone of the IANA database; got "CET"/],
    [
      "a zone without a name in Windows",
      { timeZone: "Antarctica/Troll" },
      /^off\.timeZone: must be a time zone that Logic Apps knows/,
    ],
    ["a time that is none", { nights: { from: "8pm", to: "07:00" } }, /^off\.nights\.from: must be a time of a day/],
    ["a night in the day", { nights: { from: "07:00", to: "20:00" } }, /^off\.nights\.to: must be earlier than from/],
    [
      "a night that is too short",
      { nights: { from: "23:45", to: "00:15" } },
      /^off\.nights: must be at least an hour long: .*; got "23:45 to 00:15"/,
    ],
    ["jobs, which all end", { jobs: "finish" }, /jobs/],
  ])("refuses %s", (_, change, message) => {
    const given = JSON.parse(JSON.stringify({ ...shape, ...change })) as typeof shape;
    expect(problemsOf(() => planEnvironmentHours("env", given, place))).toEqual([expect.stringMatching(message)]);
  });

  it("is refused before anything is registered, and a second one of its name, too", async () => {
    const wrong = { ...shape, timeZone: "Berlin" };
    const { problems, made } = await refused(() => {
      new EnvironmentHours("env", { scope, ...wrong, switched });
    });
    expect([problems.length, made]).toEqual([1, []]);
    await recorded(() => {
      new EnvironmentHours("env", { scope, ...shape, switched });
      expect(problemsOf(() => new EnvironmentHours("env", { scope, ...shape, switched }))).toEqual([
        expect.stringContaining("must be one that no other of this kind has"),
      ]);
    });
  });
});

/** Milliseconds of a time of the wall in Berlin, on the nth day from a Monday. */
function inBerlin(monday: number, day: number, { hour, minute }: Pick<WeeklyTime, "hour" | "minute">): number {
  const wall = monday + ((day * 24 + hour) * 60 + minute) * 60_000;
  const offsets = [1, 2].filter((offset) => {
    const at = new Date(wall - offset * 3_600_000);
    return (
      Number(
        new Intl.DateTimeFormat("en", { timeZone: "Europe/Berlin", hour: "2-digit", hourCycle: "h23" }).format(at),
      ) === hour
    );
  });
  return wall - (offsets[0] ?? 0) * 3_600_000;
}

it("is off for eleven and a quarter hours a night and for the weekend, also in the weeks in which clocks change", () => {
  const { workflows } = planEnvironmentHours("env", shape, place);
  const firstMonday = Date.parse("2027-01-04T00:00:00Z");
  const events = (which: "off" | "on"): { at: number; which: string }[] => {
    const { weekDays, hours, minutes } = workflows[which].when.schedule;
    return Array.from({ length: 52 * 7 }, (_, day) => day).flatMap((day) =>
      weekDays.includes(weekdays[day % 7] ?? "")
        ? [{ at: inBerlin(firstMonday, day, { hour: hours[0] ?? 0, minute: minutes[0] ?? 0 }), which }]
        : [],
    );
  };
  // It begins and ends on.
  const all = [...events("off"), ...events("on")].sort((a, b) => a.at - b.at).slice(1, -1);
  const lengths = all.flatMap(({ at, which }, index) =>
    which === "off" ? [((all[index + 1]?.at ?? 0) - at) / 3_600_000] : [],
  );
  const counts = new Map([...new Set(lengths)].map((it) => [it, lengths.filter((one) => one === it).length]));
  // Weekends in March and October are an hour shorter and longer.
  expect(Object.fromEntries(counts)).toEqual({ 11.25: 52 * 4, 59.25: 51 - 2, 58.25: 1, 60.25: 1 });
});
