import { describe, expect, it } from "vitest";
import { labels, servingWorkload } from "../../../../catalog/scheduling";
import type { GpuStack } from "../../../../catalog/vm-size";
import type { KubernetesObject } from "../../../../components/platform/add-on";
import { addOns, platformShape } from "../../../../components/platform/add-ons";
import { planPlatform } from "../../../../components/platform/plan-platform";
import { type FenceChoices, fencePolicies, ruleNames } from "../../../../components/platform/team-fence/fence-policies";
import { teamFence } from "../../../../components/platform/team-fence/team-fence";
import { teamKindNames } from "../../../../components/tenancy/kinds/team-kinds";
import { list } from "../../../../core/property-tree";
import { toProps } from "../../../../core/property-value";
import { problemsOf } from "../../../recorded";
import { h100Pool } from "../../tenancy/teams";

const facts = { kubernetesVersion: "1.36", pools: [] };
const nothing: FenceChoices = {
  priorityClasses: [],
  teamPriorities: [],
  images: { registries: [], digests: false },
  queued: [],
  deviceClasses: [],
};
const everything: FenceChoices = {
  priorityClasses: ["batch"],
  teamPriorities: ["production", "idle"],
  images: { registries: ["ours.azurecr.io"], digests: true },
  queued: ["groups", "ray"],
  deviceClasses: ["gpu.nvidia.com"],
};

// What the rules refuse is asked of a real API server, in tests/simulator/kubernetes/team-fence.test.ts.
describe("the fence around teams", () => {
  it("stands in every cluster, first of all, and cannot be left out", () => {
    const [fence] = planPlatform({ teamFence }, {}, facts).addOns;
    expect(fence?.namespace).toBeNull();
    // Whoever makes teams in another stack asks for it.
    expect(fence?.handsOver).toEqual({ teamFence: true });
    expect(Object.keys(fence?.objects ?? {})).toEqual(
      ["pods", "services", "secrets", "memlock", "annotations", "claims", "jobs", "priorities", "serving"].flatMap(
        (it) => [`team-fence-${it}`, `team-fence-${it}-binding`],
      ),
    );
    expect(platformShape.safeParse({ teamFence: false }).success).toBe(false);
    expect(platformShape.safeParse({ teamFence: {} }).success).toBe(true);
  });

  it.each(["system-node-critical", "High", "a'b", ""])("lets nobody allow %j as a priority class", (name) => {
    expect(platformShape.safeParse({ teamFence: { priorityClasses: [name] } }).success).toBe(false);
  });

  it("knows the classes that queues bring, those for teams and the other", () => {
    const rulesWith = (choices: object): string =>
      JSON.stringify(planPlatform(addOns, { ...choices }, facts).addOns[0]?.objects["team-fence-pods"]);
    expect(rulesWith({ teamFence: { priorityClasses: ["batch", "idle"] }, kueue: {} })).toContain(
      "but batch, idle, production; or until platform.teamFence.priorityClasses names it. Of production, idle it is only those in",
    );
    expect(rulesWith({ teamFence: { priorityClasses: ["batch"] } })).toContain("but batch; or until");
    const acceptance = { teamFence: { priorityClasses: ["acceptance"] } };
    expect(problemsOf(() => rulesWith({ ...acceptance, kueue: {} }))).toEqual([
      'teamFence.priorityClasses: must not have acceptance, which is not for teams; got ["acceptance"]. Remove acceptance',
    ]);
    // Without queues it is a class of somebody else.
    expect(rulesWith(acceptance)).toContain("but acceptance; or until");
  });

  it("names what was allowed in what it says", () => {
    const messages = (choices: Partial<FenceChoices>): string =>
      Object.values(fencePolicies({ ...nothing, ...choices }))
        .flatMap(({ rules }) => rules.map((it) => it.message))
        .join("\n");
    const none = messages({});
    expect(none).toContain("push out everybody else, until platform.teamFence.priorityClasses names it");
    expect(none).toContain("a device class that was allowed, and none is:");
    expect(none).not.toContain("image must be named");
    const some = messages({
      priorityClasses: ["batch", "serving"],
      deviceClasses: ["one", "two"],
      images: { registries: ["ours.azurecr.io", "nvcr.io/nvidia"], digests: true },
    });
    expect(some).toContain("but batch, serving; or until platform.teamFence");
    expect(some).toContain("a device class that was allowed, one, two:");
    expect(some).toContain("be from ours.azurecr.io, nvcr.io/nvidia: push it there");
    expect(some).toContain("named by its digest");
  });

  it("knows who makes the pods of jobs that queue", () => {
    const text = (choices: Readonly<Record<string, object>>): string =>
      JSON.stringify(planPlatform(addOns, choices, facts).addOns.find((it) => it.key === "teamFence")?.objects);
    expect(text({})).not.toContain("statefulset-controller");
    expect(text({ leaderWorkerSet: {} })).toContain("kube-system:statefulset-controller");
  });

  it("lets teams claim the channel of a ComputeDomain where a pool has one", () => {
    const channel = "compute-domain-default-channel.nvidia.com";
    const claims = (gpuStack: GpuStack): string =>
      JSON.stringify(
        planPlatform(
          { teamFence },
          { teamFence: { deviceClasses: ["ours"] } },
          { ...facts, pools: [{ ...h100Pool, gpuStack }] },
        ).addOns[0]?.objects["team-fence-claims"],
      );
    expect(claims("gb-dra")).toContain(`['${channel}', 'ours']`);
    expect(claims("gpu-operator")).toContain("['ours']");
  });

  it.each(Object.entries(fencePolicies(everything)))(
    "asks of %s of every team, whoever makes them, and says of each rule what to do",
    (_, policy) => {
      expect(policy.namespaces).toContainEqual({ key: labels.tenant, operator: "Exists" });
      expect(policy.operations).toEqual(["CREATE", "UPDATE"]);
      expect(policy.rules.filter(({ message }) => !/ must | must not /.test(message))).toEqual([]);
    },
  );

  it("gives each rule a name of its own", () => {
    expect(ruleNames.filter((it) => !/^[a-z]+(-[a-z]+)*$/.test(it))).toEqual([]);
    expect(new Set(ruleNames).size).toBe(ruleNames.length);
    const all = Object.values(fencePolicies(everything)).flatMap(({ rules }) => rules.map((it) => it.name));
    expect(all).toEqual(ruleNames);
  });

  it("looks at the namespaces of the kind of team that serves", () => {
    expect(teamKindNames).toContain(servingWorkload);
  });

  it.each([
    ["ours.azurecr.io", true],
    ["nvcr.io/nvidia", true],
    ["localhost:5000/a_b", true],
    ["ubuntu", false],
    ["library/ubuntu", false],
    ["ours.azurecr.io/", false],
    ["https://ours.azurecr.io", false],
    ["a'b.io", false],
  ])("takes %s as a registry: %s", (registry, taken) => {
    expect(platformShape.safeParse({ teamFence: { images: { registries: [registry] } } }).success).toBe(taken);
  });
});

describe("exceptions of the fence", () => {
  const exception = {
    namespace: "train-a",
    rule: "volume-types",
    reason: "an NFS share until it has moved",
    expires: "2027-01-31",
  };
  const planOf = (exceptions: readonly object[]): Readonly<Record<string, KubernetesObject>> =>
    planPlatform({ teamFence }, { teamFence: { exceptions } }, facts).addOns[0]?.objects ?? {};
  /** Objects that are others than without exceptions. */
  const changed = (objects: Readonly<Record<string, KubernetesObject>>): string[] => {
    const usual = planOf([]);
    return Object.keys(objects).filter((it) => JSON.stringify(objects[it]) !== JSON.stringify(usual[it]));
  };
  const rulesOf = (object: KubernetesObject | undefined): readonly unknown[] =>
    list(toProps(object ?? {}), "spec.validations");

  it("change one rule, for one namespace, and say so to whoever looks at the policy", () => {
    const objects = planOf([exception, { ...exception, namespace: "train-b" }]);
    expect(changed(objects)).toEqual(["team-fence-pods"]);
    expect(objects["team-fence-pods"]?.metadata.annotations).toEqual({
      "azure-gpu-cluster/exceptions":
        "train-a: volume-types until 2027-01-31: an NFS share until it has moved\n" +
        "train-b: volume-types until 2027-01-31: an NFS share until it has moved",
    });
    const before = rulesOf(planOf([])["team-fence-pods"]);
    const after = rulesOf(objects["team-fence-pods"]);
    const others = after.filter((it, at) => JSON.stringify(it) !== JSON.stringify(before[at]));
    expect(others).toEqual([
      {
        expression: expect.stringMatching(
          /^request\.namespace in \['train-a', 'train-b'\] \|\| \(object\.spec\..*\)$/,
        ) as string,
        message: expect.stringMatching(/^A volume must be one of .* \(rule volume-types\)$/) as string,
      },
    ]);
  });

  it("can be made of every rule that is on", () => {
    for (const rule of ruleNames.filter((it) => !it.startsWith("image-")))
      expect(changed(planOf([{ ...exception, rule }])), rule).toHaveLength(1);
  });

  it("fail when they are of a rule that is off, or there twice", () => {
    const rule = "image-digests";
    expect(problemsOf(() => planOf([exception, { ...exception, rule }, { ...exception, reason: "again" }]))).toEqual([
      'teamFence.exceptions[1].rule: must be a rule that is on; got "image-digests". Remove the exception: platform.teamFence.images does not ask for this',
      'teamFence.exceptions[2]: must not be there twice: exceptions[0] is of this namespace and rule; got "train-a, volume-types". Remove one of the two',
    ]);
  });

  it.each([
    { rule: "everything" },
    { namespace: "a'b" },
    { namespace: "" },
    { reason: "" },
    { reason: "two\nlines" },
    { expires: "2027-02-30" },
    { expires: "soon" },
    { until: "2027-01-31" },
  ])("take no %j", (other) => {
    const taken = (exceptions: readonly object[]): boolean =>
      platformShape.safeParse({ teamFence: { exceptions } }).success;
    expect(taken([exception])).toBe(true);
    expect(taken([{ ...exception, ...other }])).toBe(false);
  });
});
