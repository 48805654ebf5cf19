import { describe, expect, it } from "vitest";
import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import { addOns, type PlatformShape } from "../../../components/platform/add-ons";
import { planPlatform, type PlatformPlan } from "../../../components/platform/plan-platform";
import { read } from "../../../core/property-tree";
import { problemsOf } from "../../recorded";
import { pool } from "./facts";

const h100 = pool("h100");
const gb300: GpuPoolRef = { ...pool("gb300", "Standard_ND128isr_GB300_v6"), gpuStack: "gb-dra" };
const planOf = (choices: PlatformShape, pools: readonly GpuPoolRef[] = [h100, gb300]): PlatformPlan => {
  const { imageMirrors = {}, ...rest } = choices;
  return planPlatform(addOns, rest, { kubernetesVersion: "1.36", pools, imageMirrors });
};

describe("NVSentinel", () => {
  it("observes the nodes that have DCGM, and acts on none", () => {
    const plan = planOf({ nvSentinel: {} }).addOns.find(({ key }) => key === "nvSentinel");
    expect(plan?.after).toEqual(["certManager", "gpuOperator"]);
    expect(plan?.release).toEqual({
      name: "nvsentinel",
      namespace: "nvsentinel",
      chart: "oci://ghcr.io/nvidia/nvsentinel",
      version: "v1.31.0",
      atomic: true,
      timeout: 600,
      values: {
        global: {
          dryRun: true,
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
                  { matchExpressions: [{ key: "azure-gpu-cluster/pool", operator: "In", values: ["h100"] }] },
                ],
              },
            },
          },
          faultQuarantine: { enabled: false },
          nodeDrainer: { enabled: false },
          faultRemediation: { enabled: false },
          janitor: { enabled: false },
          mongodbStore: { enabled: false },
          auditLogging: { enabled: false },
        },
        podMonitor: { enabled: false },
      },
    });
  });

  it("has the GPU operator run the host engine that it asks, which nobody else needs", () => {
    const dcgm = (choices: PlatformShape): unknown =>
      read(planOf(choices).addOns.find(({ key }) => key === "gpuOperator")?.release?.values, "dcgm");
    expect(dcgm({ nvSentinel: {} })).toEqual({ enabled: true });
    expect(dcgm({})).toBeUndefined();
  });

  it("has the image of that engine among what is fetched", () => {
    // A pool whose nodes multiply no matrices before they work has it from nowhere else.
    const imagesWith = (choices: PlatformShape): readonly string[] =>
      planOf(choices, [pool("a100", "Standard_ND96amsr_A100_v4")]).fetches.map(({ from }) => from);
    expect(imagesWith({ nvSentinel: {} })).toContain("nvcr.io/nvidia/cloud-native/dcgm:4.6.0-1-ubuntu24.04");
    expect(imagesWith({})).not.toContain("nvcr.io/nvidia/cloud-native/dcgm:4.6.0-1-ubuntu24.04");
  });

  it.each([
    [
      "no pool has DCGM",
      () => planOf({ nvSentinel: {}, gpuOperator: {} }, [gb300]),
      "nvSentinel: is not possible: no GPU pool has DCGM, which comes with the GPU operator. " +
        "Leave it out, or declare a pool with gpuStack gpu-operator or aks-driver",
    ],
    [
      "somebody else brings what it asks",
      () => planOf({ nvSentinel: {}, gpuOperator: false }),
      "gpuOperator: cannot be left out: nvSentinel needs it; got false. Remove it, or write nvSentinel: false as well",
    ],
    [
      "a mirror would leave it out",
      () => planOf({ nvSentinel: {}, imageMirrors: { "ghcr.io": "mirror.azurecr.io" } }),
      "nvSentinel: cannot be had from a mirror: the catalogue does not know the images of its chart. Leave it out, or imageMirrors",
    ],
  ])("fails where %s", (_, plan, problem) => {
    expect(problemsOf(plan)).toContainEqual(problem);
  });
});
