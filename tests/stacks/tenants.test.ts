import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import type { PlannedResource } from "../../core/planned-resource";
import { record, text } from "../../core/property-tree";
import { preview } from "../../preview/preview";
import { plainStacks, today } from "../stack-files";

const id = (digit: number): string => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;

/** What dev plans with teams of these sections, and of the environment. */
async function planned(teams: Readonly<Record<string, object>>, environment = {}): Promise<readonly PlannedResource[]> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "tenants-")), "Pulumi.dev.yaml");
  const { config } = parse(readFileSync(plainStacks.dev, "utf8")) as { config: Record<string, object> };
  Object.assign(config["azure-gpu-cluster:environment"] ?? {}, environment);
  for (const section of ["trainingTeams", "inferenceTeams"])
    Reflect.deleteProperty(config, `azure-gpu-cluster:${section}`);
  for (const [section, it] of Object.entries(teams)) config[`azure-gpu-cluster:${section}`] = it;
  writeFileSync(file, stringify({ config }));
  return (await preview(file, { today })).plan.resources;
}

const ofType = (all: readonly PlannedResource[], type: string): readonly PlannedResource[] =>
  all.filter((it) => it.type.endsWith(`:${type}`));
const namesOf = (all: readonly PlannedResource[], type: string): string[] =>
  ofType(all, type)
    .map((it) => it.name)
    .sort();

describe("a team that trains and serves", () => {
  let all: readonly PlannedResource[];
  beforeAll(async () => {
    const shared = { groupObjectId: id(2), leadsGroupObjectId: id(3), ciObjectId: id(4) };
    all = await planned({
      trainingTeams: { vision: { pool: "h100", gpus: 8, ...shared } },
      inferenceTeams: {
        vision: { pool: "a10", gpus: 1, ...shared },
        chat: { pool: "a10", gpus: 1, groupObjectId: id(5) },
      },
      notebookTeams: { vision: { pool: "h100", gpus: 1, ...shared } },
    });
  });

  it("is declared once for each kind of work, and has a namespace, an identity and a part of each store for each", () => {
    const namespaces = ["infer-chat", "infer-vision", "note-vision", "train-vision"];
    const own = (it: string): boolean => namespaces.includes(it);
    expect(namesOf(all, "TeamNamespace")).toEqual(namespaces);
    expect(namesOf(all, "WorkloadIdentity").filter(own)).toEqual(namespaces);
    expect([...new Set(namesOf(all, "BlobContainer").filter(own))]).toEqual(namespaces);
    const volumes = ofType(all, "PersistentVolume").map((it) => text(it.inputs, "metadata.name"));
    expect(new Set(volumes).size).toBe(volumes.length);
  });

  it("lets its people, leads and pipeline find the cluster by one grant each", () => {
    const grants = ofType(all, "RoleGrant").filter((it) => it.name.startsWith("login-"));
    expect(grants.map((it) => it.name)).toEqual([2, 3, 4, 5].map((it) => `login-${id(it)}`));
    const assigned = ofType(all, "RoleAssignment").filter((it) => it.name.startsWith("login-"));
    expect(assigned.map((it) => text(it.inputs, "principalType"))).toEqual([
      "Group",
      "Group",
      "ServicePrincipal",
      "Group",
    ]);
    // Found in a state in which each namespace had a grant of its own.
    expect(grants[0]?.options.aliases).toEqual(
      ["train-vision", "infer-vision", "note-vision"].map((it): unknown => expect.stringMatching(`::${it}-cluster$`)),
    );
  });

  it("binds each of them in each of its namespaces", () => {
    expect(namesOf(all, "RoleBinding").filter((it) => it.includes("vision"))).toEqual(
      ["infer-vision", "note-vision", "train-vision"].flatMap((it) => [it, `${it}-ci`, `${it}-leads`]),
    );
  });
});

describe("who pays for a team", () => {
  const payers = async (costCenter: string | undefined, ofAll: string): Promise<unknown> => {
    const team = { pool: "h100", gpus: 8, groupObjectId: id(2), ...(costCenter !== undefined && { costCenter }) };
    const all = await planned({ trainingTeams: { vision: team } }, { costCenter: ofAll });
    const [identity] = ofType(all, "UserAssignedIdentity").filter((it) => it.name === "train-vision");
    const [namespace] = ofType(all, "Namespace").filter((it) => it.name === "train-vision");
    return [
      record(identity?.inputs, "tags")["costCenter"],
      record(namespace?.inputs, "metadata.labels")["azure-gpu-cluster/cost-center"],
    ];
  };

  it.each([
    [undefined, "research", ["research", "research"]],
    [undefined, "R&D / ML", ["R&D / ML", "R-D-ML"]],
    [undefined, "研究", ["研究", undefined]],
    ["cc-4711", "research", ["cc-4711", "cc-4711"]],
  ])("with %j in an environment of %j, by tag and by label, is %j", async (own, ofAll, expected) => {
    expect(await payers(own, ofAll)).toEqual(expected);
  });
});
