import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { preview } from "../../preview/preview";
import { text } from "../../core/property-tree";
import { record } from "../../preview/record";
import type { RecordedPlan } from "../../preview/recorded-plan";
import { handovers } from "../../stacks/handover";
import { infraParts } from "../../stacks/infra-parts";
import { readStackFile } from "../../stacks/stack-file";
import { deploy, platformOf } from "../../stacks/deploy";
import { readEnvironment } from "../../stacks/read-environment";
import { previewOnce, shippedPreview } from "../shipped-previews";
import { plainStacks, today } from "../stack-files";

const infraSections = ["network", "cluster", "gpuPools", "cpuPools", "storage", ...Object.keys(infraParts)];
const tenantSections = ["trainingTeams", "inferenceTeams"];

/** What the two files of staging say together, as one. */
function whole(): Record<string, unknown> {
  const [workloads, infra] = (["staging-workloads", "staging"] as const).map(
    (stack) => (parse(readFileSync(plainStacks[stack], "utf8")) as { config: Record<string, unknown> }).config,
  );
  return { ...workloads, ...infra };
}

/**
 * Writes the staging environment as several files, one for each owner of layers.
 * @param more Sections that the environment has beside those of the files, or in their place
 */
function split(
  parts: Readonly<Record<string, { layers: readonly string[]; handover?: string }>>,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const folder = mkdtempSync(path.join(tmpdir(), "layers-"));
  const added = Object.entries(more).map(([section, value]) => [`azure-gpu-cluster:${section}`, value] as const);
  const all = Object.entries({ ...whole(), ...Object.fromEntries(added) }).filter(
    ([key]) => key !== "azure-gpu-cluster:handover",
  );
  for (const [stack, { layers, handover }] of Object.entries(parts)) {
    const drop = [
      ...(layers.includes("infra") ? [] : infraSections),
      ...(layers.includes("platform") ? [] : ["platform"]),
      ...(layers.includes("tenants") ? [] : tenantSections),
    ];
    const config = Object.fromEntries(all.filter(([key]) => !drop.includes(key.split(":")[1] ?? "")));
    config["azure-gpu-cluster:layers"] = layers;
    if (handover !== undefined) config["azure-gpu-cluster:handover"] = handover;
    writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), stringify({ config }));
  }
  return folder;
}

const plan = async (folder: string, stack: string): Promise<RecordedPlan> =>
  (await preview(path.join(folder, `Pulumi.${stack}.yaml`), { today })).plan;

/** Where a stack is that is not where the one it reads is. */
interface Elsewhere {
  readonly location?: string;
  readonly names?: { readonly workload: string };
}

/** What a plan makes, with what Azure calls it and the tags that costs are reported by. */
function made({ resources }: RecordedPlan): string[] {
  return resources
    .filter((it) => it.custom && it.type !== "pulumi:pulumi:StackReference")
    .map(
      ({ type, name, inputs }) =>
        `${type} ${name} ${text(inputs, "resourceName") ?? ""} ${JSON.stringify(inputs["tags"])}`,
    )
    .sort();
}

describe("layers split over stacks", () => {
  const folder = split({
    "staging-infra": { layers: ["infra", "platform"] },
    "staging-teams": { layers: ["tenants"], handover: "org/azure-gpu-cluster/staging-infra" },
  });

  it("make together exactly what one stack makes, under the same names and tags", async () => {
    const alone = await plan(split({ "staging-infra": { layers: ["infra", "platform", "tenants"] } }), "staging-infra");
    const parts = [...made(await plan(folder, "staging-infra")), ...made(await plan(folder, "staging-teams"))];
    // Each stack that talks to the cluster has a provider of its own.
    const shared = (it: string): boolean => !it.startsWith("pulumi:providers:kubernetes aks");
    expect(parts.filter(shared).sort()).toEqual(made(alone).filter(shared));
  });

  it("wire tenants to what the other stack handed over", async () => {
    const { outputs } = await plan(folder, "staging-infra");
    const handed = handovers.shape.infra.parse(outputs["infra"]);
    const teams = await plan(folder, "staging-teams");
    const provider = teams.resources.find((it) => it.type === "pulumi:providers:kubernetes");
    expect(provider?.inputs["clusterIdentifier"]).toBe(handed.cluster.resourceId);
    const credential = teams.resources.find((it) => it.type.endsWith(":FederatedIdentityCredential"));
    expect(credential?.inputs["issuer"]).toBe(handed.cluster.oidcIssuerUrl);
    const volume = teams.resources.find((it) => it.type.endsWith(":PersistentVolume") && it.name.endsWith("lustre"));
    expect(volume?.inputs).toMatchObject({
      spec: { csi: { volumeAttributes: { "mgs-ip-address": handed.lustre?.mgsAddress } } },
    });
    // The cluster belongs to the other stack: nothing here can be deleted with it.
    expect(teams.resources.filter((it) => it.options.deletedWith !== undefined)).toEqual([]);
  });

  describe("with queues", () => {
    const trainingTeams = {
      vision: { pool: "h200", gpus: 24, borrow: 32, groupObjectId: "22222222-2222-4222-8222-222222222222" },
      speech: { pool: "h200", gpus: 32, lend: 16, groupObjectId: "44444444-4444-4444-8444-444444444444" },
    };
    const parts = {
      "staging-infra": { layers: ["infra", "platform"] },
      "staging-teams": { layers: ["tenants"], handover: "org/azure-gpu-cluster/staging-infra" },
    };
    const queuesOf = ({ resources }: RecordedPlan): string[] =>
      resources.filter((it) => /:(ClusterQueue|LocalQueue)$/.test(it.type)).map((it) => `${it.type} ${it.name}`);

    it("a stack of teams makes theirs where the platform hands over what they are made of", async () => {
      const teams = await plan(split(parts, { trainingTeams }), "staging-teams");
      const type = (kind: string): string => `kubernetes:kueue.x-k8s.io/v1beta2:${kind}`;
      expect(queuesOf(teams)).toEqual(
        ["train-speech", "train-vision"].flatMap((it) => [
          `${type("ClusterQueue")} ${it}`,
          `${type("LocalQueue")} ${it}-queue`,
        ]),
      );
    });

    it("one stack makes the same as two", async () => {
      const alone = split({ "staging-infra": { layers: ["infra", "platform", "tenants"] } }, { trainingTeams });
      expect(queuesOf(await plan(alone, "staging-infra"))).toEqual(
        queuesOf(await plan(split(parts, { trainingTeams }), "staging-teams")),
      );
    });

    it.each([
      ["staging-teams", parts],
      ["staging-infra", { "staging-infra": { layers: ["infra", "platform", "tenants"] } }],
    ] as const)("teams of %s do not borrow where jobs do not queue", async (stack, of) => {
      await expect(plan(split(of, { platform: { kueue: false }, trainingTeams }), stack)).rejects.toThrow(
        /trainingTeams\.vision\.borrow.*: must be left out: jobs do not queue in this cluster; got 32[^]*trainingTeams\.speech\.lend.*: must be left out/,
      );
    });

    it("teams do not borrow what the pool of the other stack does not have", async () => {
      const greedy = { ...trainingTeams, vision: { ...trainingTeams.vision, borrow: 40 } };
      await expect(plan(split(parts, { trainingTeams: greedy }), "staging-teams")).rejects.toThrow(
        /trainingTeams\.vision\.borrow.*: must be a whole number from 0 to 32, what the pool has beside the share, its 1 spare nodes aside; got 40/,
      );
    });

    it("a team of a kind that does not queue has no word for it", async () => {
      const inferenceTeams = {
        chat: { pool: "a10", gpus: 1, borrow: 1, groupObjectId: "33333333-3333-4333-8333-333333333333" },
      };
      await expect(plan(split(parts, { inferenceTeams }), "staging-teams")).rejects.toThrow(
        /inferenceTeams\.chat\.borrow.*: is not a known key/,
      );
    });
  });

  it("fail before anything is made when a team is on a pool that was not handed over", async () => {
    const { values } = readStackFile(path.join(folder, "Pulumi.staging-teams.yaml"));
    const environment = readEnvironment({ stack: "staging-teams", values, today });
    const { outputs } = await plan(folder, "staging-infra");
    const stackOutputs = {
      "org/azure-gpu-cluster/staging-infra": {
        ...outputs,
        infra: { ...handovers.shape.infra.parse(outputs["infra"]), gpuPools: [] },
      },
    };
    await expect(record({ stack: "staging-teams", program: () => deploy(environment), stackOutputs })).rejects.toThrow(
      'trainingTeams.vision.pool: must be the key of a GPU pool; got "h200". GPU pools: none',
    );
  });

  it("fail before anything is made when teams together take spare nodes, or more of a general pool than it has", async () => {
    const { values } = readStackFile(path.join(folder, "Pulumi.staging-teams.yaml"));
    const environment = readEnvironment({ stack: "staging-teams", values, today });
    const { outputs } = await plan(folder, "staging-infra");
    const infra = handovers.shape.infra.parse(outputs["infra"]);
    const spared = infra.gpuPools.map((it) => ({ ...it, spareNodes: it.maxNodes - 1 }));
    const stackOutputs = {
      "org/azure-gpu-cluster/staging-infra": { ...outputs, infra: { ...infra, gpuPools: spared } },
    };
    const cpuShares = { general: infra.cpuPools[0]?.maxNodes ?? 0 };
    const teams = environment.teams.map((it) => ({ ...it, cpuShares }));
    const failure = record({
      stack: "staging-teams",
      program: () => deploy({ ...environment, teams }),
      stackOutputs,
    });
    await expect(failure).rejects.toThrow(
      /trainingTeams\.vision\.gpus: must be at most 8, the GPUs of the pool without its \d+ spare nodes/,
    );
    await expect(failure).rejects.toThrow(
      /cpuShares\.general: must leave all teams of pool general at most 3 nodes; got 6/,
    );
  });

  it.each([
    [
      "region",
      { location: "eastus" },
      /azure-native:location: must be that of the stack that it reads, eastus2; got "eastus". Write eastus2$/m,
    ],
    [
      "workload",
      { names: { workload: "llm" } },
      /environment\.workload: must be that of the stack that it reads; got "llm"\. Write the workload whose resource group is rg-gpu-staging-infra-eastus2$/m,
    ],
  ] as const)("fail before anything is made in another %s", async (_, { names, ...change }: Elsewhere, told) => {
    const { values } = readStackFile(path.join(folder, "Pulumi.staging-teams.yaml"));
    const environment = readEnvironment({ stack: "staging-teams", values, today });
    const stackOutputs = {
      "org/azure-gpu-cluster/staging-infra": (await plan(folder, "staging-infra")).outputs,
    };
    const changed = { ...environment, ...change, names: { ...environment.names, ...names } };
    const failure = record({ stack: "staging-teams", program: () => deploy(changed), stackOutputs });
    await expect(failure).rejects.toThrow(told);
  });

  it("fail with the name of the other stack when its outputs are not a handover", async () => {
    const { values } = readStackFile(path.join(folder, "Pulumi.staging-teams.yaml"));
    const environment = readEnvironment({ stack: "staging-teams", values, today });
    const stackOutputs = { "org/azure-gpu-cluster/staging-infra": { infra: { schemaVersion: 2 } } };
    const failure = record({ stack: "staging-teams", program: () => deploy(environment), stackOutputs });
    await expect(failure).rejects.toThrow(
      "The handover of stack 'org/azure-gpu-cluster/staging-infra' is misconfigured:",
    );
    await expect(failure).rejects.toThrow("infra.cluster: is missing among the outputs");
  });

  it("fail when the other stack is of an older version of this project", async () => {
    const { values } = readStackFile(path.join(folder, "Pulumi.staging-teams.yaml"));
    const environment = readEnvironment({ stack: "staging-teams", values, today });
    const { outputs } = await plan(folder, "staging-infra");
    const older = { ...outputs, infra: { ...handovers.shape.infra.parse(outputs["infra"]), schemaVersion: 1 } };
    const stackOutputs = { "org/azure-gpu-cluster/staging-infra": older };
    await expect(record({ stack: "staging-teams", program: () => deploy(environment), stackOutputs })).rejects.toThrow(
      /infra\.schemaVersion: .*Run pulumi up on org\/azure-gpu-cluster\/staging-infra with the same version/,
    );
  });

  it("fail when the other stack's platform has no fence around teams", async () => {
    const { values } = readStackFile(path.join(folder, "Pulumi.staging-teams.yaml"));
    const environment = readEnvironment({ stack: "staging-teams", values, today });
    const { outputs } = await plan(folder, "staging-infra");
    const unfenced = { ...outputs, platform: { schemaVersion: 2 } };
    const stackOutputs = { "org/azure-gpu-cluster/staging-infra": unfenced };
    await expect(record({ stack: "staging-teams", program: () => deploy(environment), stackOutputs })).rejects.toThrow(
      "platform.teamFence: is missing among the outputs",
    );
  });

  it("fail when the other stack's file is not there to be planned", async () => {
    const alone = split({ "staging-teams": { layers: ["tenants"], handover: "org/azure-gpu-cluster/elsewhere" } });
    await expect(plan(alone, "staging-teams")).rejects.toThrow(
      /handover \(line \d+\): cannot be planned: Pulumi.elsewhere.yaml does not stand beside this file/,
    );
  });
});

it.each(["staging", "prod", "cell-4k"] as const)(
  "what %s hands over to its workloads includes its name",
  async (name) => {
    const { environment, plan } = await shippedPreview(`${name}-workloads`);
    expect([environment.stack, environment.names.environment]).toEqual([`${name}-workloads`, name]);
    const identities = plan.resources.filter((it) => it.type.endsWith(":UserAssignedIdentity"));
    for (const { inputs } of identities) {
      expect(text(inputs, "resourceName")).toMatch(
        new RegExp(`^id-gpu-${name}-${environment.location}-(train|infer|note)-`),
      );
      expect(text(inputs, "tags.environment")).toBe(name);
    }
    const scalers = identities.filter(({ name }) => name.endsWith("-scaler"));
    expect(identities).toHaveLength(environment.teams.length + scalers.length);
    expect(JSON.stringify(plan.resources.map((it) => it.inputs))).not.toContain(`gpu-${name}-workloads`);
  },
);

it("takes its own name for what it makes itself, though it reads another layer", () => {
  const { values } = readStackFile(plainStacks.dev);
  const own = {
    ...values,
    "azure-gpu-cluster:layers": '["infra","tenants"]',
    "azure-gpu-cluster:handover": "o/p/other",
  };
  expect(readEnvironment({ stack: "dev", values: own, today }).names.environment).toBe("dev");
});

it("plans the same add-ons with the cluster as for one that was handed over", async () => {
  const { environment, plan } = await previewOnce(plainStacks.dev);
  const handedOver = handovers.shape.infra.parse(plan.outputs["infra"]);
  expect(environment.platformPlan?.addOns.length).toBeGreaterThan(5);
  expect(platformOf({ ...environment, platformPlan: null }, handedOver)).toEqual(environment.platformPlan);
});

it("hands over no secret", async () => {
  for (const [stack, layers] of [
    ["prod", ["infra"]],
    ["prod-workloads", ["platform", "tenants"]],
  ] as const) {
    const { outputs } = (await shippedPreview(stack)).plan;
    expect(JSON.stringify(outputs)).not.toMatch(/token|password|client-key|secret/i);
    expect(Object.keys(outputs)).toEqual(layers);
  }
});

it("deletes what lives in the cluster with the cluster", async () => {
  const { resources } = (await previewOnce(plainStacks.dev)).plan;
  const cluster = resources.find((it) => it.type.endsWith(":ManagedCluster"));
  const inside = resources.filter((it) => it.type.startsWith("kubernetes:"));
  expect(inside.length).toBeGreaterThan(20);
  expect([...new Set(inside.map((it) => it.options.deletedWith))]).toEqual([cluster?.urn]);
});

it("lets the scale sets mount the Lustre file system of their environment, which is made before them", async () => {
  const { config } = parse(readFileSync(plainStacks.dev, "utf8")) as { config: Record<string, unknown> };
  const storage = { lustre: { tier: "AMLFS-Durable-Premium-250", sizeTiB: 8, zone: "1" } };
  const file = path.join(mkdtempSync(path.join(tmpdir(), "layers-")), "Pulumi.dev.yaml");
  writeFileSync(file, stringify({ config: { ...config, "azure-gpu-cluster:storage": storage } }));
  const { resources } = (await preview(file, { today })).plan;
  const [scaleSet] = resources.filter((it) => it.type.endsWith(":VirtualMachineScaleSet"));
  const [lustre] = resources.filter((it) => it.type.endsWith(":AmlFilesystem"));
  expect(lustre?.urn).toBeDefined();
  expect(scaleSet?.dependencies).toContain(lustre?.urn);
});

it("makes no namespace of a team before what holds teams to their rules", async () => {
  const { resources } = (await previewOnce(plainStacks.dev)).plan;
  const fence = resources.filter(({ parent }) => parent.endsWith("InstalledAddOn::team-fence")).map(({ urn }) => urn);
  const namespaces = resources.filter(
    ({ parent, type }) => /TeamNamespace::/.test(parent) && type.endsWith(":Namespace"),
  );
  expect(fence.length).toBeGreaterThan(0);
  expect(namespaces).toHaveLength(2);
  for (const { dependencies } of namespaces) expect(dependencies).toEqual(expect.arrayContaining(fence));
});

it("makes no queue of a team before Kueue, and no namespace before its queue", async () => {
  const folder = split({ "staging-infra": { layers: ["infra", "platform", "tenants"] } }, { platform: { kueue: {} } });
  const { resources } = await plan(folder, "staging-infra");
  const [queue] = resources.filter((it) => it.type.endsWith(":ClusterQueue") && /TeamQueue::/.test(it.parent));
  const [namespace] = resources.filter((it) => it.type.endsWith(":Namespace") && it.name === "train-vision");
  const kueue = resources.filter(({ parent }) => parent.endsWith("InstalledAddOn::kueue")).map(({ urn }) => urn);
  expect(kueue.length).toBeGreaterThan(5);
  expect(queue?.dependencies).toEqual(expect.arrayContaining(kueue));
  expect(namespace?.dependencies).toContain(queue?.urn);
});
