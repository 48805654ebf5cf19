import { output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { type WeeklyTime, weekdays } from "../../../catalog/off-hours";
import { EnvironmentHours } from "../../../components/foundation/environment-hours/environment-hours";
import { planEnvironmentHours } from "../../../components/foundation/environment-hours/plan";
import { recurrence, workflowDefinition } from "../../../components/foundation/environment-hours/workflow-definition";
import { read } from "../../../core/property-tree";
import { allOf, idOf, place, problemsOf, recorded, refused, scope, tree } from "../../recorded";
import { type Answer, runBranch } from "./workflow-run";

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
    const request = (method: string, uri: string): object => ({
      method,
      uri,
      authentication: { type: "ManagedServiceIdentity", identity, audience: `${arm}/` },
    });
    const branch = (name: string, uri: string, state: string, done: string): object => ({
      type: "Until",
      runAfter: {},
      actions: {
        [name]: {
          type: "Http",
          runAfter: {},
          inputs: request("POST", uri),
          operationOptions: "DisableAsyncPattern",
        },
        [`wait-${name}`]: {
          type: "Wait",
          runAfter: { [name]: ["Succeeded", "Failed", "TimedOut"] },
          inputs: { interval: { count: 10, unit: "Minute" } },
        },
        [`state-${name}`]: {
          type: "Http",
          runAfter: { [`wait-${name}`]: ["Succeeded"] },
          inputs: request("GET", state),
        },
      },
      expression: `@and(equals(actions('state-${name}')?['status'], 'Succeeded'), ${done})`,
      limit: { count: 12, timeout: "PT3H" },
    });
    const all = (body: string, state: string): string =>
      `equals(length(split(string(${body}), 'PowerState/')), length(split(string(${body}), 'PowerState/${state}')))`;
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
          "switch-aks": branch(
            "aks",
            `${arm}${cluster}/${words[0] ?? ""}?api-version=2025-09-01`,
            `${arm}${cluster}?api-version=2025-09-01`,
            `and(equals(body('state-aks')?['properties']?['provisioningState'], 'Succeeded'), equals(body('state-aks')?['properties']?['powerState']?['code'], '${words[2] ?? ""}'))`,
          ),
          "switch-nodes": branch(
            "nodes",
            `${arm}${nodes}/${words[1] ?? ""}?api-version=2024-11-01`,
            `${arm}${nodes}/virtualMachines?api-version=2024-11-01&$expand=instanceView`,
            all("body('state-nodes')", words[3] ?? ""),
          ),
          "switch-head": branch(
            "head",
            `${arm}${head}/${words[1] ?? ""}?api-version=2024-11-01`,
            `${arm}${head}/instanceView?api-version=2024-11-01`,
            all("body('state-head')", words[3] ?? ""),
          ),
        },
      },
    });
    expect(allOf(plan, "azure-native:logic:Workflow").map(({ inputs }) => inputs)).toEqual([
      workflow("off", 20, 0, ["stop", "deallocate", "Stopped", "deallocated"]),
      workflow("on", 7, 15, ["start", "start", "Running", "running"]),
    ]);
  });

  const branchOf = (which: "off" | "on", name: string): unknown => {
    const when = recurrence({ days: ["Monday"], hour: 7, minute: 0 }, "UTC");
    return read(workflowDefinition(which, when, switched, identity), `actions.switch-${name}`);
  };
  const aksIs = (provisioningState: string, code: string): Answer => ({
    status: 200,
    body: { properties: { provisioningState, powerState: { code } } },
  });
  const machinesAre = (...codes: readonly string[]): Answer => ({
    status: 200,
    body: {
      value: codes.map((code) => ({
        properties: { instanceView: { statuses: [{ code: "ProvisioningState/succeeded" }, { code }] } },
      })),
    },
  });
  const stop = `POST ${arm}${cluster}/stop?api-version=2025-09-01`;
  const look = `GET ${arm}${cluster}?api-version=2025-09-01`;

  it("switches and looks whether it became so; a cluster that still stops is asked again, and refuses", () => {
    const run = runBranch(branchOf("off", "aks"), (call, minutes) => {
      if (call.startsWith("POST")) return { status: minutes === 0 ? 202 : 409 };
      return minutes < 15 ? aksIs("Stopping", "Stopped") : aksIs("Succeeded", "Stopped");
    });
    expect(run).toEqual({ calls: [stop, look, stop, look], minutes: 20, succeeded: true });
  });

  it.each<[string, "off" | "on", string, (call: string, minutes: number) => Answer, number, boolean]>([
    [
      "a cluster that is off already",
      "off",
      "aks",
      (call) => (call.startsWith("POST") ? { status: 400 } : aksIs("Succeeded", "Stopped")),
      10,
      true,
    ],
    [
      "a cluster that somebody upgrades for half an hour",
      "off",
      "aks",
      (call, minutes) => {
        if (call.startsWith("POST")) return { status: minutes < 30 ? 409 : 202 };
        return minutes < 40 ? aksIs("Upgrading", "Running") : aksIs("Succeeded", "Stopped");
      },
      40,
      true,
    ],
    [
      "a cluster for which there is no capacity at first",
      "on",
      "aks",
      (call, minutes) => {
        if (call.startsWith("POST")) return { status: 202 };
        return minutes < 60 ? aksIs("Failed", "Running") : aksIs("Succeeded", "Running");
      },
      60,
      true,
    ],
    [
      "machines of which one is late",
      "off",
      "nodes",
      (call, minutes) => {
        if (call.startsWith("POST")) return { status: 202 };
        return machinesAre("PowerState/deallocated", `PowerState/${minutes < 20 ? "deallocating" : "deallocated"}`);
      },
      20,
      true,
    ],
    [
      "a scale set without machines",
      "on",
      "nodes",
      (call) => (call.startsWith("POST") ? { status: 202 } : machinesAre()),
      10,
      true,
    ],
    [
      "a head",
      "on",
      "head",
      (call) =>
        call.startsWith("POST")
          ? { status: 202 }
          : { status: 200, body: { statuses: [{ code: "PowerState/running" }] } },
      10,
      true,
    ],
    ["what always refuses", "off", "aks", () => ({ status: 409 }), 120, false],
    [
      "machines that nobody may look at",
      "off",
      "nodes",
      (call) => ({ status: call.startsWith("POST") ? 202 : 403, body: { error: { code: "AuthorizationFailed" } } }),
      120,
      false,
    ],
  ])("ends with %s", (_, which, name, answer, minutes, succeeded) => {
    const run = runBranch(branchOf(which, name), answer);
    expect([run.minutes, run.succeeded, run.calls.length]).toEqual([minutes, succeeded, minutes / 5]);
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
      { nights: { from: "22:00", to: "00:45" } },
      /^off\.nights: must be at least 3 hours long: .*; got "22:00 to 00:45"/,
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
