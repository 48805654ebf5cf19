import { describe, expect, it } from "vitest";
import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import { addOns, type PlatformShape } from "../../../components/platform/add-ons";
import { type AddOnPlan, planPlatform } from "../../../components/platform/plan-platform";
import { toProps } from "../../../core/property-value";
import { problemsOf } from "../../recorded";
import { chartInModule, unknownPaths } from "./chart-values";
import { pool } from "./facts";

const rack = (key: string, size: string): GpuPoolRef => ({ ...pool(key, size), gpuStack: "gb-dra", gpusPerNode: 4 });
const gb300 = rack("gb300", "Standard_ND128isr_GB300_v6");
const gb200 = rack("gb200", "Standard_ND128isr_NDR_GB200_v6");
const h100 = pool("h100");

function planOf(
  pools: readonly GpuPoolRef[],
  choices: PlatformShape = { draDriver: {} },
  kubernetesVersion = "1.36",
): AddOnPlan | undefined {
  return planPlatform(addOns, choices, { kubernetesVersion, pools }).addOns.find(({ key }) => key === "draDriver");
}

describe("the driver of ComputeDomains", () => {
  it("is a release on the nodes of racks, which leaves GPUs to be counted by others", () => {
    const resources = { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "512Mi" } };
    expect(planOf([gb300, h100, gb200])?.release).toEqual({
      // The GPU operator, there for the other pool, has brought them.
      skipCrds: true,
      name: "dra-driver-nvidia-gpu",
      namespace: "dra-driver-nvidia",
      chart: "oci://registry.k8s.io/dra-driver-nvidia/charts/dra-driver-nvidia-gpu",
      version: "0.4.1",
      atomic: true,
      timeout: 600,
      values: {
        nvidiaDriverRoot: "/",
        resources: { gpus: { enabled: false }, computeDomains: { enabled: true } },
        controller: {
          containers: {
            computeDomain: {
              resources,
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ["ALL"] },
                seccompProfile: { type: "RuntimeDefault" },
              },
            },
          },
        },
        kubeletPlugin: {
          containers: { computeDomains: { resources } },
          tolerations: [
            { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" },
            { key: "startup-taint.cluster-autoscaler.kubernetes.io/memlock", operator: "Exists", effect: "NoSchedule" },
            {
              key: "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health",
              operator: "Exists",
              effect: "NoSchedule",
            },
            { key: "kubernetes.azure.com/scalesetpriority", operator: "Exists", effect: "NoSchedule" },
          ],
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  {
                    matchExpressions: [{ key: "azure-gpu-cluster/pool", operator: "In", values: ["gb300", "gb200"] }],
                  },
                ],
              },
            },
          },
        },
      },
    });
  });

  it("lets the daemons of a domain reach one another, and nobody else", () => {
    const plan = planOf([gb300]);
    expect(plan?.namespace?.metadata.labels?.["pod-security.kubernetes.io/enforce"]).toBe("privileged");
    expect(plan?.ingress?.["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ ports: [{ protocol: "TCP", port: 50000 }] }],
    });
  });

  it("brings its CRDs alone, and not where the GPU operator did", () => {
    const alone = planOf([gb300]);
    expect({ after: alone?.after, skipCrds: alone?.release?.skipCrds }).toEqual({ after: [], skipCrds: undefined });
    const beside = planOf([gb300, h100], { draDriver: {}, gpuOperator: {} });
    expect({ after: beside?.after, skipCrds: beside?.release?.skipCrds }).toEqual({
      after: ["gpuOperator"],
      skipCrds: true,
    });
  });

  it("is there where racks are", () => {
    expect(planOf([gb300], {})).toBeDefined();
    expect(planOf([h100], {})).toBeUndefined();
    expect(planOf([gb300], { draDriver: false })).toBeUndefined();
  });

  it("fails where no pool is a rack", () => {
    expect(problemsOf(() => planOf([h100]))).toEqual([
      "draDriver: is not possible: no GPU pool reaches GPUs of other nodes over NVLink. Leave it out, or declare a pool of GB200 or GB300 (docs/sizes.md)",
    ]);
  });

  it("fails on a Kubernetes without claims of devices", () => {
    expect(problemsOf(() => planOf([gb300], { draDriver: {} }, "1.33"))).toEqual([
      'draDriver: needs Kubernetes 1.34 or newer; got "1.33". Upgrade the cluster, or leave it out',
    ]);
  });
});

it("uses values that the chart has", async ({ skip }) => {
  const folder = "deployments/helm/dra-driver-nvidia-gpu";
  const chart = (await chartInModule("nvidiaDraDriver", folder)) ?? skip("no chart");
  expect(unknownPaths(toProps(planOf([gb300])?.release?.values), chart)).toEqual([]);
});
