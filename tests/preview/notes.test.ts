import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { preview } from "../../preview/preview";
import { previewOnce } from "../shipped-previews";
import { plainStacks, today } from "../stack-files";

/** Notes on a stack file with a part of its text replaced, if any. */
async function notesOn(
  stack: keyof typeof plainStacks,
  from: string | RegExp,
  to: string,
  day = today,
): Promise<readonly string[]> {
  const text = readFileSync(plainStacks[stack], "utf8");
  const changed = text.replace(from, to);
  expect(changed === text).toBe(from === "");
  if (changed === text && day === today) return (await previewOnce(plainStacks[stack])).notes;
  const file = path.join(mkdtempSync(path.join(tmpdir(), "notes-")), `Pulumi.${stack}.yaml`);
  writeFileSync(file, changed);
  return (await preview(file, { today: day })).notes;
}

describe("a note on the budget of a team", () => {
  const withBudget = async (budget: number): Promise<string[]> =>
    (await notesOn("dev", "h100, gpus: 16,", `h100, gpus: 16, borrow: 0, budgetUsdPerMonth: ${budget},`)).filter((it) =>
      it.includes("budget"),
    );

  it("says both figures where the share can cost more", async () => {
    expect(await withBudget(50_000)).toEqual([
      "train-vision: can go over its budgetUsdPerMonth: USD 50000. Its 16 GPUs of pool h100 cost USD 143547 in a month of full use, at the list price of 2026-06-18; nothing stops it there",
    ]);
  });

  it("is not made where it cannot", async () => {
    expect(await withBudget(200_000)).toEqual([]);
  });
});

describe("a note on a pool with hours", () => {
  const pool = (protect: string, off = ", off: { weekends: true, timeZone: UTC }") =>
    notesOn(
      "dev",
      /(kind: dev)([\s\S]*?gpuPools:\n)/,
      `$1${protect}$2    spare: { size: Standard_NC24ads_A100_v4, maxNodes: 1${off} }\n`,
    );
  const said = expect.stringMatching(
    /^gpuPools.spare: off takes its nodes all the same: environment.protect/,
  ) as string;

  it("says that protection holds no node", async () => {
    expect(await pool("\n    protect: true")).toContainEqual(said);
  });

  it("is not made without hours, nor without protection", async () => {
    expect(await pool("\n    protect: true", "")).not.toContainEqual(said);
    expect(await pool("")).not.toContainEqual(said);
  });
});

describe("a note", () => {
  it.each([
    [
      "a region in another spelling",
      "location: eastus",
      "location: East US",
      'azure-native:location: "East US" is read as eastus',
    ],
    ["a range that is nobody's", "", "", "cluster.apiServer: 203.0.113.0/28 is reserved for documentation"],
    [
      "a size that goes",
      "general: { size: Standard_D8ds_v5",
      "general: { size: Standard_D8s_v3",
      "Standard_D8s_v3: End of life: gone on 2029-11-15; new subscriptions cannot have it, and nobody gets more quota.",
    ],
    [
      "nodes that are opened by counts alone",
      "azure-gpu-cluster:trainingTeams:",
      "azure-gpu-cluster:platform: { nodeHealth: {} }\n  azure-gpu-cluster:trainingTeams:",
      "gpuPools.a10: no floors are known for Standard_NV36ads_A10_v5: its nodes are opened by counts of GPUs",
    ],
    [
      "add-ons in versions that nobody tests together",
      "azure-gpu-cluster:trainingTeams:",
      "azure-gpu-cluster:platform: { kServe: {} }\n  azure-gpu-cluster:trainingTeams:",
      "platform.kServeController: v0.20.0 is tested with leaderWorkerSet 0.8, and runs with 0.9.0 here",
    ],
    ["no subscription", "", "", "azure-native:subscriptionId is not set"],
    [
      "a fixed pool without a team",
      "a10: { size: Standard_NV36ads_A10_v5, minNodes: 0, maxNodes: 2 }",
      "a10: { size: Standard_NV36ads_A10_v5, minNodes: 0, maxNodes: 2 }\n    idle: { size: Standard_NV36ads_A10_v5, nodes: 3 }",
      "gpuPools.idle: no team works on it, and its 3 nodes bill all the time",
    ],
    [
      "Lustre that nobody mounts",
      /blob: \{\}\n.*trainingTeams:\n.*\n/,
      'blob: {}\n    lustre: { tier: AMLFS-Durable-Premium-250, sizeTiB: 16, zone: "1" }\n',
      "storage.lustre: no team mounts it",
    ],
    [
      "a team held to less than its kind, with the reason",
      "gpus: 2, groupObjectId",
      'gpus: 2, podSecurity: { level: baseline, reason: "the vLLM image has no user" }, groupObjectId',
      "inferenceTeams.chat.podSecurity: is baseline, weaker than restricted, the level of inference teams: pods may run as root. Reason: the vLLM image has no user",
    ],
    [
      "a team held to less than its kind, and of the reason that is missing",
      "gpus: 2, groupObjectId",
      "gpus: 2, podSecurity: baseline, groupObjectId",
      "No reason is given: write { level, reason }",
    ],
    [
      "a team that its pool's memlock holds to less than its kind",
      /h100: \{ size: Standard_ND96isr_H100_v5, minNodes: 0, maxNodes: 2 \}([^]*)trainingTeams:([^]*) azure-gpu-cluster:inferenceTeams:[^]*$/,
      "h100: { size: Standard_ND96isr_H100_v5, minNodes: 0, maxNodes: 2, memlock: ipc-lock }$1inferenceTeams:$2",
      "inferenceTeams.vision: pods may run as root and add IPC_LOCK, weaker than restricted, the level of inference teams, because memlock of pool h100 is ipc-lock",
    ],
  ])("tells of %s", async (_, from, to, said) => {
    expect((await notesOn("dev", from, to)).join("\n")).toContain(said);
  });

  it("tells which nodes may be far from Lustre, and of no others", async () => {
    const far = (await notesOn("staging", "", "")).find((it) => it.startsWith("storage.lustre.zone"));
    expect(far).toBe(
      'storage.lustre.zone: Lustre is in zone 1, and Azure may put nodes of gpuPools.a10 (any), gpuPools.h200 (any) into another: each request then takes up to 2 ms more. Write zone: "1" where Azure has the capacity there',
    );
    const near = await notesOn("staging", /spareNodes: 1 \}/, 'spareNodes: 1, zone: "1" }');
    expect(near.join("\n")).toContain("nodes of gpuPools.a10 (any) into another");
    const other = await notesOn("staging", /spareNodes: 1 \}/, 'spareNodes: 1, zone: "2" }');
    expect(other.join("\n")).toContain("nodes of gpuPools.a10 (any), gpuPools.h200 (2) into");
  });

  it("tells of nodes that cannot mount Lustre, where there is one", async () => {
    const said =
      "cpuPools.general: Lustre's driver has no image for Arm processors, so pods that mount it never start there";
    const [ours, arm] = ["general: { size: Standard_D8ds_v5", "general: { size: Standard_D8pds_v6"];
    expect(await notesOn("staging", ours, arm)).toContain(said);
    expect(await notesOn("staging", "", "")).not.toContain(said);
    expect(await notesOn("dev", ours, arm)).not.toContain(said);
  });

  it("tells of Lustre that Azure gives to nobody who has not asked", async () => {
    const said =
      "storage.lustre.sizeTiB: 136 TiB are more than the 128 that Azure gives in tier AMLFS-Durable-Premium-250";
    expect((await notesOn("staging", "sizeTiB: 16", "sizeTiB: 136")).join("\n")).toContain(said);
    expect((await notesOn("staging", "sizeTiB: 16", "sizeTiB: 128")).join("\n")).not.toContain("support request");
  });

  it("tells of checkpoints that disappear by themselves", async () => {
    const said = "storage.blob.deleteAfterDays: whatever no one has written for 60 days is deleted, checkpoints";
    expect((await notesOn("dev", "blob: {}", "blob: { deleteAfterDays: 60 }")).join("\n")).toContain(said);
  });

  it("tells of what a peer has to do before a cluster comes up", async () => {
    const hub =
      "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub";
    const to = (more: string): string =>
      `serviceCidr: 10.112.0.0/16\n    peers: { hub: { virtualNetworkResourceId: ${hub}, addressSpace: [10.1.0.0/16] } }\n${more}`;
    const service = "serviceCidr: 10.112.0.0/16\n";
    const said = async (more: string): Promise<string> => (await notesOn("dev", service, to(more))).join("\n");
    expect(await said("    outbound: { firewall: { nextHopAddress: 10.1.0.4 } }\n")).toContain(
      "network.peers: nodes leave through a firewall in a peer, which works once it has peered back",
    );
    expect(await said("    dnsServers: [10.1.0.5]\n")).toContain("network.peers: nodes look names up in a peer");
    expect(await said("    dnsServers: [10.64.0.5]\n")).toContain("network.dnsServers: 10.64.0.5 lie in the network");
    expect(await said("")).not.toMatch(/network\./);
  });

  it("tells of a private endpoint that somebody else has to let in", async () => {
    const id =
      "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/images/providers/Microsoft.ContainerRegistry/registries/labimages";
    const registry = (endpoint: string): string =>
      `  azure-gpu-cluster:registries:\n    images: { resourceId: ${id}, privateEndpoint: ${endpoint} }\n  azure-gpu-cluster:storage:`;
    const section = "  azure-gpu-cluster:storage:";
    expect((await notesOn("dev", section, registry("{ approval: manual }"))).join("\n")).toContain(
      "pep-gpu-dev-eastus-images-registry: waits for the owner of what it leads to",
    );
    expect((await notesOn("dev", section, registry("{}"))).join("\n")).not.toContain("waits for the owner");
  });

  it("tells of the end of a version's support in the month before it, and not earlier", async () => {
    const ends = "cluster.kubernetesVersion: support of 1.36 ends on 2027-06-30";
    expect((await notesOn("dev", "", "", "2027-06-24")).join("\n")).toContain(`${ends}, 6 days from now`);
    expect((await notesOn("dev", "", "", "2027-05-01")).join("\n")).not.toContain(ends);
  });

  it("tells of nodes of prod that go together with a zone", async () => {
    const inOne = await notesOn("prod", /systemPool: \{/, 'systemPool: { zones: ["1"], ');
    expect(inOne.join("\n")).toContain("cluster.systemPool.zones: all of its nodes are in one zone");
    expect((await notesOn("prod", "", "")).join("\n")).not.toContain("in one zone");
  });

  describe("on queues", () => {
    const teams = /trainingTeams:\n.*\n/;
    const withTeams = (platform: string, ...lines: readonly string[]): string =>
      [`platform: ${platform}`, "  azure-gpu-cluster:trainingTeams:", ...lines.map((it) => `    ${it}`), ""].join("\n");
    const group = (digit: number): string => `groupObjectId: ${String(digit).repeat(8)}-2222-4222-8222-222222222222`;
    const said = async (platform: string, ...lines: readonly string[]): Promise<string> =>
      (await notesOn("dev", teams, withTeams(platform, ...lines))).join("\n");
    const vision = (borrow: number): string => `vision: { pool: h100, gpus: 8, borrow: ${borrow}, ${group(2)} }`;
    const speech = (more: string): string => `speech: { pool: h100, gpus: 8, ${more}${group(4)} }`;

    it("tells of jobs that do not wait for all of their nodes", async () => {
      const kueue = "platform.kueue: without it jobs of training teams do not queue";
      expect(await said("{ kueue: false }", vision(0))).toContain(kueue);
      expect(await said("{ kueue: {} }", vision(0))).not.toContain("queue");
      expect(await said("{}", vision(0))).not.toContain(kueue);
    });

    it("tells of a pool whose new nodes may be in two domains", async () => {
      const grown = /h100: \{ size: Standard_ND96isr_H100_v5, minNodes: 0, maxNodes: 2 \}([^]*)trainingTeams:\n.*\n/;
      const inDomains = (domains: number): string =>
        `h100: { size: Standard_ND96isr_H100_v5, domains: ${domains}, minNodes: 0, maxNodes: 2 }$1${withTeams("{ kueue: {} }", vision(0))}`;
      const said =
        "gpuPools.h100: it grows, and the autoscaler does not know that a job needs one of its 2 InfiniBand domains";
      expect((await notesOn("dev", grown, inDomains(2))).join("\n")).toContain(said);
      expect((await notesOn("dev", grown, inDomains(1))).join("\n")).not.toContain("does not know that a job");
    });

    it("tells of more to borrow than others lend", async () => {
      const nothing =
        "trainingTeams.vision.borrow: there is nothing to borrow, no other teams of pool h100 whose jobs queue lend any";
      expect(await said("{ kueue: {} }", vision(8))).toContain(nothing);
      expect(await said("{ kueue: {} }", vision(8), speech("lend: 0, "))).toContain(nothing);
      expect(await said("{ kueue: {} }", vision(8), speech(""))).not.toContain("borrow");
    });
  });

  it.each([
    ["train-vision", "train-vision is not held to the rule whole-nodes until 2099-12-31. Reason: a test of one GPU"],
    ["train-nobody", "no team has the namespace train-nobody, so it lets nobody pass; remove it"],
  ])("tells of the exception of %s", async (namespace, said) => {
    const exception = `{ namespace: ${namespace}, rule: whole-nodes, reason: a test of one GPU, expires: "2099-12-31" }`;
    const platform = `azure-gpu-cluster:platform: { teamFence: { exceptions: [${exception}] } }`;
    const section = "azure-gpu-cluster:trainingTeams:";
    const all = await notesOn("dev", section, `${platform}\n  ${section}`);
    expect(all).toContain(`platform.teamFence.exceptions[0]: ${said}`);
  });

  it("tells of no team that is held to its kind's level or a stricter one", async () => {
    const stricter = "gpus: 16, podSecurity: { level: restricted, reason: none }, groupObjectId";
    expect((await notesOn("dev", "gpus: 16, groupObjectId", stricter)).join("\n")).not.toContain("podSecurity");
  });

  it("is only given where there is a reason", async () => {
    const said = (await notesOn("dev", "", "")).join("\n");
    for (const word of ["no team works", "lustre", "kubernetesVersion", "is private", "weaker"])
      expect(said).not.toContain(word);
  });
});

it("says of a stack that reads another's cluster that teams of a third are not added up", async () => {
  const { notes } = await previewOnce(plainStacks["staging-workloads"]);
  expect(notes).toContainEqual(
    expect.stringMatching(/^teams: their shares .* other stacks that read .*staging come on top$/),
  );
  expect((await previewOnce(plainStacks.dev)).notes.filter((it) => it.startsWith("teams:"))).toEqual([]);
});
