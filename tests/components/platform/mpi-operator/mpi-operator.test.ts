import { expect, it } from "vitest";
import { mpiJobCrd } from "../../../../components/platform/mpi-operator/mpi-job-crd";
import { mpiOperator } from "../../../../components/platform/mpi-operator/mpi-operator";
import { planPlatform, type PlatformPlan } from "../../../../components/platform/plan-platform";
import { list, read } from "../../../../core/property-tree";
import { isRecord, toProps } from "../../../../core/property-value";
import { loadCrds } from "../../../../simulator/kubernetes/crds";
import { problemsOf } from "../../../recorded";

const planOf = (choice?: object | false): PlatformPlan =>
  planPlatform({ mpiOperator }, choice === undefined ? {} : { mpiOperator: choice }, {
    kubernetesVersion: "1.36",
    pools: [],
  });

it("is installed only where it is asked for", () => {
  expect(planOf().addOns).toEqual([]);
  expect(planOf(false).addOns).toEqual([]);
  expect(planOf({}).addOns.map(({ key }) => key)).toEqual(["mpiOperator"]);
});

it("has a closed namespace, and its kind before what works with it", () => {
  const [plan] = planOf({}).addOns;
  expect(plan?.namespace?.metadata).toEqual({
    name: "mpi-operator",
    labels: {
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/enforce-version": "v1.36",
      "azure-gpu-cluster/workload": "platform",
    },
  });
  expect(plan?.ingress?.["spec"]).toEqual({ podSelector: {}, policyTypes: ["Ingress"] });
  expect(Object.keys(plan?.crds ?? {})).toEqual(["mpi-operator-crd"]);
  expect(Object.keys(plan?.objects ?? {})).toEqual([
    "mpi-operator-account",
    "mpi-operator-rights",
    "mpi-operator-binding",
    "mpi-operator-lease-rights",
    "mpi-operator-lease-binding",
    "mpi-operator-controller",
  ]);
});

it("may do what its code asks for, and nothing to gang schedulers, CRDs and running pods", () => {
  const { "mpi-operator-rights": rights, "mpi-operator-lease-rights": lease } = planOf({}).addOns[0]?.objects ?? {};
  const watch = ["get", "list", "watch"];
  expect(rights?.["rules"]).toEqual([
    { apiGroups: ["kubeflow.org"], resources: ["mpijobs"], verbs: watch },
    { apiGroups: ["kubeflow.org"], resources: ["mpijobs/status", "mpijobs/finalizers"], verbs: ["update"] },
    { apiGroups: [""], resources: ["configmaps", "secrets", "services"], verbs: [...watch, "create", "update"] },
    { apiGroups: [""], resources: ["pods"], verbs: [...watch, "create", "delete"] },
    { apiGroups: ["batch"], resources: ["jobs"], verbs: [...watch, "create", "update"] },
    { apiGroups: ["batch"], resources: ["jobs/status"], verbs: ["update"] },
    { apiGroups: ["scheduling.k8s.io"], resources: ["priorityclasses"], verbs: watch },
    { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
  ]);
  expect(lease).toMatchObject({
    kind: "Role",
    metadata: { namespace: "mpi-operator" },
    rules: [{ apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get", "create", "update"] }],
  });
});

it("runs as no root on a file system that it cannot write", () => {
  const controller = toProps(planOf({}).addOns[0]?.objects["mpi-operator-controller"]);
  const pod = toProps(read(controller, "spec.template.spec"));
  expect(pod["securityContext"]).toEqual({
    runAsNonRoot: true,
    runAsUser: 65532,
    seccompProfile: { type: "RuntimeDefault" },
  });
  expect(list(pod, "containers")).toEqual([
    {
      name: "mpi-operator",
      image: "docker.io/mpioperator/mpi-operator:0.8.2",
      args: ["--lock-namespace=mpi-operator", "--kube-api-qps=50", "--kube-api-burst=100"],
      ports: [{ name: "health", containerPort: 8080 }],
      livenessProbe: { httpGet: { path: "/healthz", port: "health" }, initialDelaySeconds: 15 },
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "1Gi" } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
    },
  ]);
});

it("fails on a setting: it has none", () => {
  expect(problemsOf(() => planOf({ gangScheduling: "volcano" }))).toEqual([
    "mpiOperator.gangScheduling: is not a known key; unknown keys are never ignored. Remove it",
  ]);
});

it("has the fields of MPIJobs that the product has", async ({ skip }) => {
  const [theirs] = await loadCrds("mpiOperator").catch((error: unknown) => {
    process.stderr.write(`Skipped: our MPIJobs against the product's. ${String(error)}\n`);
    return skip("no module");
  });
  expect(mpiJobCrd["spec"]).toEqual(withOpenTemplates(read(theirs, "spec")));
});

/** A schema without its explanations, and with open templates of pods. */
function withOpenTemplates(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withOpenTemplates);
  if (!isRecord(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (key === "description" && typeof value === "string") return [];
      const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
      return [[key, key === "template" ? open : withOpenTemplates(value)]];
    }),
  );
}
