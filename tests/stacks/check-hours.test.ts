import { describe, expect, it } from "vitest";
import { record } from "../../preview/record";
import { projectName, type SectionsInput } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import type { Environment } from "../../stacks/environment";
import { readEnvironment } from "../../stacks/read-environment";
import { read as at } from "../../core/property-tree";
import { allOf, problemsOf } from "../recorded";
import { today } from "../stack-files";

const off = { nights: { from: "20:00", to: "07:00" }, weekends: true, timeZone: "Europe/Berlin" };
const key = `ssh-ed25519 ${Buffer.concat([Buffer.from("0000000b7373682d6564323535313900000020", "hex"), Buffer.alloc(32, 7)]).toString("base64")} a`;
const environment = { kind: "dev", owner: "ml-platform", costCenter: "research", off } as const;
const around = {
  environment,
  network: { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" },
  cluster: {
    kubernetesVersion: "1.36",
    apiServer: { authorizedIpRanges: ["198.51.100.0/28"] },
    adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
    systemPool: {},
  },
  gpuPools: { a100: { size: "Standard_NC24ads_A100_v4", maxNodes: 2 } },
  cpuPools: { general: { size: "Standard_D8ds_v5", nodes: 2 } },
  scaleSets: {
    mpi: { size: "Standard_HB176rs_v4", nodes: 2, imageVersion: "24.04.2026072901", sshPublicKeys: [key] },
  },
} satisfies SectionsInput;

function read(sections: object): Environment {
  const given = JSON.parse(JSON.stringify({ ...around, ...sections })) as object;
  const values = Object.fromEntries(
    Object.entries(given).map(([name, it]) => [
      `${projectName}:${name}`,
      typeof it === "string" ? it : JSON.stringify(it),
    ]),
  );
  const config = { "azure-native:location": "eastus", "pulumi:disable-default-providers": '["kubernetes"]', ...values };
  return readEnvironment({ stack: "lab", values: config, today });
}

const a100 = (hours: object): object => ({
  gpuPools: { a100: { ...around.gpuPools.a100, off: { timeZone: "Europe/Berlin", ...hours } } },
});
const gone = { network: undefined, cluster: undefined, gpuPools: undefined, cpuPools: undefined, scaleSets: undefined };

describe("environment.off", () => {
  it("switches cluster and scale sets, tags what it switches and nothing else, and has its rights on them alone", async () => {
    const plan = await record({ stack: "lab", program: () => deploy(read({})) });
    const grants = allOf(plan, "azure-native:authorization:RoleAssignment").filter(({ name }) =>
      name.startsWith("hours-"),
    );
    const scopes = grants.map(({ inputs }) => String(inputs["scope"]).split("/").slice(-2).join("/"));
    expect(scopes).toEqual(["managedClusters/aks-gpu-lab-eastus", "virtualMachineScaleSets/vmss-gpu-lab-eastus-mpi"]);
    const tagged = plan.resources.filter(({ inputs }) => at(inputs, "tags.hoursOffPerWeek") === "103");
    const types = [...new Set(tagged.map(({ type }) => type.replace("azure-native:", "")))].sort();
    expect(types).toEqual([
      "compute:VirtualMachineScaleSet",
      "containerservice:AgentPool",
      "containerservice:ManagedCluster",
      "managedidentity:UserAssignedIdentity",
    ]);
    expect(allOf(plan, "azure-native:logic:Workflow").map(({ name }) => name)).toEqual(["env-off", "env-on"]);
  });

  it("is nothing where nobody asks for it", async () => {
    const plan = await record({
      stack: "lab",
      program: () => deploy(read({ environment: { ...environment, off: undefined } })),
    });
    expect(JSON.stringify(plan.resources)).not.toMatch(/hoursOffPerWeek|logic:Workflow/);
  });

  it("switches the head of Slurm, too", async () => {
    const { mpi } = around.scaleSets;
    const slurm = { scaleSets: { mpi: { ...mpi, slurm: {} } }, storage: { blob: {} } };
    const plan = await record({ stack: "lab", program: () => deploy(read(slurm)) });
    const [stop] = allOf(plan, "azure-native:logic:Workflow");
    expect(Object.keys(at(stop?.inputs, "definition.actions") as object)).toEqual([
      "switch-aks",
      "switch-scale-set-mpi",
      "switch-scale-set-mpi-head",
    ]);
  });

  it.each<[string, object, readonly RegExp[]]>([
    [
      "in prod",
      { environment: { ...environment, kind: "prod" } },
      [/^environment\.off: is not possible in prod: users rely on it at any hour/],
    ],
    [
      "where protect is on",
      { environment: { ...environment, protect: true } },
      [/^environment\.off: is not possible where protect is on: .*Write protect: false/],
    ],
    [
      "in staging, which is protected unless it says otherwise",
      { environment: { ...environment, kind: "staging" } },
      [/^environment\.off: is not possible where protect is on/],
    ],
    [
      "in a stack that makes no infra",
      { ...gone, layers: ["tenants"], handover: "organization/azure-gpu-cluster/dev" },
      [/^environment\.off: belongs to the stack that makes infra/],
    ],
    [
      "with machines that cannot be deallocated",
      { scaleSets: { mpi: { ...around.scaleSets.mpi, osDisk: "ephemeral" } } },
      [/^scaleSets\.mpi\.osDisk: must be managed while environment\.off is there.*; got "ephemeral"/],
    ],
    [
      "with a pool whose hours begin when it is off already",
      a100({ nights: { from: "21:00", to: "08:00" }, weekends: true }),
      [/^gpuPools\.a100\.off: must begin while the environment is on.*; got "Monday, .*, Friday at 21:00"/],
    ],
    [
      "with a pool whose hours end before it is on",
      a100({ nights: { from: "19:00", to: "06:30" }, weekends: true }),
      [/^gpuPools\.a100\.off: must end while the environment is on.*; got "Monday, .*, Friday at 06:30"/],
    ],
    [
      "with a pool on another clock",
      a100({ nights: { from: "19:00", to: "08:00" }, weekends: true, timeZone: "UTC" }),
      [/^gpuPools\.a100\.off\.timeZone: must be that of environment\.off \(Europe\/Berlin\); got "UTC"/],
    ],
    [
      "with hours that are none",
      { environment: { ...environment, off: { timeZone: "Berlin" } } },
      [/^environment\.off: must have nights, weekends or both/, /^environment\.off\.timeZone: must be a time zone/],
    ],
    ["with a key that it does not know", { environment: { ...environment, off: { ...off, from: "20:00" } } }, [/from/]],
  ])("is refused %s", (_, sections, messages) => {
    expect(problemsOf(() => read(sections))).toEqual(messages.map((it) => expect.stringMatching(it) as unknown));
  });

  it("takes a pool that is off for longer", () => {
    expect(read(a100({ nights: { from: "19:00", to: "07:00" }, weekends: true })).hours?.hoursPerWeek).toBe(103);
  });
});
