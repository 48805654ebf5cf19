import { describe, expect, it } from "vitest";
import { describeProblem, Problems } from "../../core/problems";
import { type ModelMeans, planModels } from "../../stacks/check-models";
import { type DeclaredTeam, partsOf } from "../../stacks/config/teams";
import { modelServiceShape } from "../../components/inference/model-service/shape";
import { a10Pool, chat, chatOnH100 } from "../components/inference/model-service/surroundings";

const { gateway, blob, keda, metrics } = chat;
const means: ModelMeans = {
  ...{ gateway, blob, keda, metrics },
  gpuPools: [a10Pool, chatOnH100.pool],
  cpuPools: [{ key: "general", size: "Standard_D8ds_v5", maxNodes: 2 }],
  groups: true,
};

const one = modelServiceShape.parse({ model: "qwen2.5-7b" });
const team = (name: string, models: DeclaredTeam["models"], more: Partial<DeclaredTeam> = {}): DeclaredTeam => ({
  kind: "inference",
  team: name,
  pool: "a10",
  gpus: 4,
  groupObjectId: "33333333-3333-4333-8333-333333333333",
  egress: "closed",
  reach: [],
  ingressFrom: [],
  secrets: [],
  cpuShares: {},
  ...(models !== undefined && { models }),
  ...more,
});

/** What is told of teams, and the addresses of the models that are planned. */
function planned(teams: readonly DeclaredTeam[], more: Partial<ModelMeans> = {}): { told: string[]; made: string[] } {
  const problems = new Problems();
  const plans = planModels(teams, { ...means, ...more }, problems).flatMap((it) => it.plans);
  return { told: problems.list.map(describeProblem), made: plans.map(({ address }) => address.hostName) };
}

describe("models of teams", () => {
  it("are planned in the order of the file", () => {
    expect(
      planned([team("chat", { small: one, other: one }), team("search", { small: one }), team("idle", undefined)]),
    ).toEqual({
      told: [],
      made: ["small-chat.models.example.com", "other-chat.models.example.com", "small-search.models.example.com"],
    });
  });

  it("fail to have one address: a hyphen may be of the model or of the team", () => {
    expect(planned([team("chat-b", { a: one }), team("b", { "a-chat": one })]).told).toEqual([
      "inferenceTeams.chat-b: must not have a name that ends in -b, after another team: *.models.example.com gives both the same host names. Rename one of the two teams",
      "inferenceTeams.b.models.a-chat: must have an address of its own: a-chat-b.models.example.com is that of inferenceTeams.chat-b.models.a. Rename one of the two models",
    ]);
  });

  it.each(["publishers", "infer-b"])(
    "fail behind one name in a team called %s, whose path is that of others",
    (name) => {
      const single = gateway === null ? null : { ...gateway, hostName: "models.example.com" };
      expect(planned([team(name, { a: one }), team("b", { a: one })], { gateway: single }).told).toEqual([
        `inferenceTeams.${name}: must not be called ${name}: at models.example.com the path /${name}/ is that of others. Rename the team`,
      ]);
    },
  );

  it.each([
    ["a-canary", { canary: { weight: 10, weights: { blob: "models/other" } } }],
    ["a-picker", {}],
    ["a-prefill", { prefill: { replicas: 1 } }],
  ])("fail to be named %s, like what belongs to another", (name, more) => {
    const a = modelServiceShape.parse({ model: "qwen2.5-7b", ...more });
    expect(planned([team("chat", { a, [name]: one })]).told[0]).toBe(
      `inferenceTeams.chat.models.${name}: must have Deployments of its own: ${name} is one of inferenceTeams.chat.models.a. Rename one of the two models`,
    );
    expect(planned([team("chat", { a }), team("search", { [name]: one })]).told).toEqual([]);
  });

  it("have addresses of their own behind one host name, where a path sets them apart", () => {
    const gateway = { namespace: "inference-gateway", name: "models", hostName: "models.example.com", replicas: 2 };
    expect(planned([team("chat-b", { a: one }), team("b", { "a-chat": one })], { gateway }).told).toEqual([]);
  });

  it("fail to take more GPUs together than their team has", () => {
    expect(planned([team("chat", { small: one, other: one }, { gpus: 1 })]).told).toEqual([
      "inferenceTeams.chat.models: must leave all models within the 1 GPUs of the team; got 2. Lower maxReplicas of small, other, or raise gpus of the team to 2",
    ]);
  });

  it("fail to have more pickers than the team has CPUs for", () => {
    const five = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, one]));
    const told =
      "inferenceTeams.chat.cpuShares: must leave 5 CPUs for the pickers of its models, which run on general nodes; got 4. For example { general: 1 }, a node of the pool general of cpuPools";
    expect(planned([team("chat", five, { gpus: 5 })]).told).toEqual([told]);
    expect(planned([team("chat", five, { gpus: 5, cpuShares: { general: 1 } })]).told).toEqual([]);
  });

  it("fail to be spread over nodes where LeaderWorkerSets were left out", () => {
    const large = modelServiceShape.parse({ model: "deepseek-r1" });
    const teams = [team("chat", { r1: large }, { pool: "h100", gpus: 16 })];
    expect(planned(teams).told).toEqual([]);
    expect(planned(teams, { groups: false }).told).toEqual([
      "inferenceTeams.chat.models.r1: needs LeaderWorkerSets, since no node holds it: platform.leaderWorkerSet is false. Remove leaderWorkerSet: false from the section platform",
    ]);
  });

  it("are not looked at while their team has no pool", () => {
    expect(planned([team("chat", { small: one }, { pool: "none" })])).toEqual({ told: [], made: [] });
  });
});

describe("a namespace of a team", () => {
  it("reaches the API server once it serves models, whose pickers ask it for pods", () => {
    expect(partsOf(team("chat", { small: one })).namespace.reach).toEqual(["apiServer"]);
    expect(partsOf(team("chat", { small: one }, { reach: ["entra", "apiServer"] })).namespace.reach).toEqual([
      "entra",
      "apiServer",
    ]);
  });

  it.each([undefined, {}])("is what it was with models %o", (models) => {
    const { models: none, ...parts } = partsOf(team("chat", models));
    const { pool, ...namespace } = team("chat", undefined);
    expect(none).toEqual({});
    expect(parts).toEqual({ pool, namespace, queue: { gpus: 4 } });
  });
});
