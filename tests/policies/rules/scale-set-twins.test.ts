import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isRecord } from "../../../core/property-value";
import { read } from "../../../core/property-tree";
import { sameType, type Subject } from "../../../policies/engine/rule";
import { types } from "../../../policies/engine/types";
import { rules } from "../../../policies/rules";
import { resource, saysOf } from "../harness";
import { tables } from "../tables";

const readme = readFileSync(join(__dirname, "../../../policies/README.md"), "utf8");
const [, section = ""] = readme.split("<!-- twins -->");
/** Rule of scale sets, what holds it for a single VM, and what for a pool, as the README says. */
const rows = section
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter((cells) => /^`[a-z0-9-]+`$/.test(cells[1] ?? ""))
  .map(([, name = "", machine = "", pool = ""]) => ({ name: name.replaceAll("`", ""), machine, pool }));
const ofScaleSets = rules.filter((it) => it.area === "gpu" && it.types.includes(types.scaleSet));
const named = (cell: string): readonly string[] => [...cell.matchAll(/`([a-z0-9-]+)`/g)].map(([, name = ""]) => name);

describe("the table of twins in policies/README.md", () => {
  it("has a row for every rule of scale sets, and no other", () => {
    expect(rows.map(({ name }) => name)).toEqual(ofScaleSets.map(({ name }) => name));
  });

  it.each(rows)("$name says truly which types the rule itself is about", ({ name, machine, pool }) => {
    const rule = rules.find((it) => it.name === name);
    expect(machine.startsWith("the same")).toBe(rule?.types.includes(types.virtualMachine));
    expect(pool.startsWith("the same")).toBe(rule?.types.includes(types.nodePool));
    expect([machine, pool]).not.toContain("");
  });

  it.each(rows)("$name names twins that exist and are about the type", ({ machine, pool }) => {
    const about = (type: readonly string[], name: string): boolean =>
      rules.some((it) => it.name === name && it.types.some((one) => type.includes(one)));
    expect(
      named(machine).filter((it) => !about([types.virtualMachine, types.networkInterface, types.machineExtension], it)),
    ).toEqual([]);
    expect(named(pool).filter((it) => !about([types.nodePool, types.cluster], it))).toEqual([]);
  });
});

/** The single VM that is described as the machines of a scale set are; `undefined` where the set describes none. */
function asMachine({ type, inputs }: Subject): Subject | undefined {
  const profile = inputs["virtualMachineProfile"];
  if (!sameType(type, types.scaleSet) || !isRecord(profile)) return undefined;
  const { identity, proximityPlacementGroup, zones, tags } = inputs;
  return resource(types.virtualMachine, {
    ...profile,
    ...{ identity, proximityPlacementGroup, zones, tags },
    hardwareProfile: { vmSize: read(inputs, "sku.name") },
  });
}

const asSaid = (said: string): string =>
  said.replaceAll("virtualMachineProfile.", "").replaceAll("sku.name", "hardwareProfile.vmSize");

/** What only a scale set has: a name and a prefix of its own, one placement group, a mode. */
const onlySets = ["vmss-name-shape", "hpc-ppg-consistent", "ib-orchestration-uniform"];
const shared = tables.filter(
  ({ rule }) =>
    ofScaleSets.includes(rule) && rule.types.includes(types.virtualMachine) && !onlySets.includes(rule.name),
);
const twins = shared.flatMap(({ rule, context, cases }) =>
  cases
    // A single VM has no placement group that could exclude a reservation.
    .filter(({ title }) => !title.startsWith("one placement group"))
    .flatMap(({ title, kind, resources, says }) => {
      const machines = resources.flatMap((it) => asMachine(it) ?? []);
      return machines.length === resources.length
        ? [{ name: rule.name, rule, context, title: `${title} (${kind})`, machines, says: says.map(asSaid) }]
        : [];
    }),
);

describe("a single VM is judged as the same VM of a scale set", () => {
  it("is tried for every rule of both", () => {
    expect([...new Set(twins.map(({ name }) => name))]).toEqual([...new Set(shared.map(({ rule }) => rule.name))]);
  });

  it.each(twins)("$name: $title", ({ rule, context, machines, says }) => {
    expect(saysOf(rule, machines, context)).toEqual(says);
  });
});
