import { describe, expect, it } from "vitest";
import type { MemlockMode } from "../../../../catalog/memlock";
import type { KubernetesObject } from "../../../../components/platform/add-on";
import { memlock } from "../../../../components/platform/memlock/memlock";
import { planPlatform, type PlatformPlan } from "../../../../components/platform/plan-platform";
import { list, read } from "../../../../core/property-tree";
import { problemsOf } from "../../../recorded";
import { pool } from "../facts";

const planOf = (
  modes: readonly (MemlockMode | null)[],
  choice?: object | false,
  kubernetesVersion = "1.36",
): PlatformPlan =>
  planPlatform({ memlock }, choice === undefined ? {} : { memlock: choice }, {
    kubernetesVersion,
    pools: modes.map((mode, at) => ({ ...pool(`pool${at}`), memlock: mode })),
  });

/** Every object, by `<kind> <name>`. */
function objectsOf({ addOns: [plan] }: PlatformPlan): Readonly<Record<string, KubernetesObject>> {
  return Object.fromEntries(Object.values(plan?.objects ?? {}).map((it) => [`${it.kind} ${it.metadata.name}`, it]));
}
const podSpec = "spec.template.spec";

describe("the add-on memlock", () => {
  it.each([
    [["node"], 1],
    [[null, "node"], 1],
    [[null], 0],
    [["ipc-lock"], 0],
    [[], 0],
  ] satisfies [(MemlockMode | null)[], number][])("for pools of memlock %j is installed %i times", (modes, times) => {
    expect(planOf(modes).addOns).toHaveLength(times);
  });

  it("runs on every node of such a pool before anything else does", () => {
    const daemonSet = objectsOf(planOf(["node"]))["DaemonSet memlock"];
    expect(read(daemonSet, podSpec)).toMatchObject({
      nodeSelector: { "azure-gpu-cluster/memlock": "node" },
      tolerations: [{ operator: "Exists" }],
      priorityClassName: "system-node-critical",
    });
    expect(planOf(["node"]).addOns[0]?.namespace?.metadata).toMatchObject({
      name: "memlock",
      labels: { "pod-security.kubernetes.io/enforce": "privileged" },
    });
  });

  it("gives the node's files to the one container, and the token to the other", () => {
    const daemonSet = objectsOf(planOf(["node"]))["DaemonSet memlock"];
    expect(read(daemonSet, `${podSpec}.automountServiceAccountToken`)).toBe(false);
    const [raise] = list(daemonSet, `${podSpec}.initContainers`);
    const [release] = list(daemonSet, `${podSpec}.containers`);
    expect(raise).toMatchObject({
      volumeMounts: [{ name: "node", mountPath: "/host" }],
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
    });
    expect(release).toMatchObject({
      volumeMounts: [{ name: "token", readOnly: true }],
      securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    });
    const pinned = /^mcr\.microsoft\.com\/azurelinux\/base\/core:3\.0\.\d{8}@sha256:[0-9a-f]{64}$/;
    for (const it of [raise, release]) expect(read(it, "image")).toMatch(pinned);
  });

  it("may read and patch nodes, and nothing else in the cluster", () => {
    const objects = objectsOf(planOf(["node"]));
    expect(objects["ClusterRole memlock"]?.["rules"]).toEqual([
      { apiGroups: [""], resources: ["nodes"], verbs: ["get", "patch"] },
    ]);
    expect(objects["ClusterRoleBinding memlock"]?.["subjects"]).toEqual([
      { kind: "ServiceAccount", name: "memlock", namespace: "memlock" },
    ]);
    expect(Object.keys(objects)).toContain("ValidatingAdmissionPolicy memlock-own-node");
  });

  it("closes new nodes, and is not possible where the API server has no such policies", () => {
    expect(Object.keys(objectsOf(planOf(["node"], undefined, "1.36.3")))).toEqual(
      expect.arrayContaining([
        "MutatingAdmissionPolicy memlock-new-nodes",
        "MutatingAdmissionPolicyBinding memlock-new-nodes",
      ]),
    );
    expect(problemsOf(() => planOf(["node", "ipc-lock", "node"], undefined, "1.35.9"))).toEqual([
      "memlock: needs Kubernetes 1.36, to hold pods back from a new node until its limit is raised; " +
        'got "1.35.9". Write memlock: ipc-lock (default: node) at gpuPools.pool0, gpuPools.pool2, ' +
        "or upgrade the cluster",
    ]);
    for (const [modes, choice] of [
      [["ipc-lock", null], undefined],
      [["node"], false],
    ] satisfies [(MemlockMode | null)[], false | undefined][])
      expect(planOf(modes, choice, "1.35").addOns).toEqual([]);
  });

  it("fails where it is asked for and no pool needs it", () => {
    expect(problemsOf(() => planOf(["ipc-lock"], {}))).toEqual([
      "memlock: is not possible: no GPU pool has memlock 'node'. " +
        "Leave it out: pods of the other pools lock memory by a capability of their own, or need not",
    ]);
  });
});
