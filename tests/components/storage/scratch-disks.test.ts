import { Provider } from "@pulumi/kubernetes/provider";
import { expect, it } from "vitest";
import { versions } from "../../../catalog/versions";
import { ScratchDisks } from "../../../components/storage/scratch-disks";
import { only, recorded, tree } from "../../recorded";

it("installs the driver on the nodes that have disks, then offers the storage class", async () => {
  const seen: string[] = [];
  const plan = await recorded(() => {
    const provider = new Provider("kubernetes", { kubeconfig: "{}" });
    const scratch = new ScratchDisks(
      "scratch",
      { pools: ["h100", "h200"], podSecurityVersion: "v1.36" },
      { providers: [provider] },
    );
    scratch.storageClassName.apply((it) => seen.push(it));
  });
  expect(tree(plan).slice(1)).toEqual([
    "ScratchDisks scratch",
    "Namespace scratch < ScratchDisks scratch",
    "Release scratch < ScratchDisks scratch",
    "StorageClass scratch < ScratchDisks scratch",
  ]);
  expect(only(plan, "kubernetes:core/v1:Namespace").inputs).toEqual({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: "scratch",
      labels: {
        "pod-security.kubernetes.io/enforce": "privileged",
        "pod-security.kubernetes.io/enforce-version": "v1.36",
        "azure-gpu-cluster/workload": "platform",
      },
    },
  });
  const release = only(plan, "kubernetes:helm.sh/v3:Release");
  expect(release.inputs).toMatchObject({
    name: "local-csi-driver",
    namespace: "scratch",
    chart: versions.localCsiDriver.chart,
    version: versions.localCsiDriver.version,
    atomic: true,
    timeout: 600,
    values: {
      daemonset: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "azure-gpu-cluster/pool", operator: "In", values: ["h100", "h200"] }] },
            ],
          },
        },
      },
    },
  });
  const storageClass = only(plan, "kubernetes:storage.k8s.io/v1:StorageClass");
  expect(storageClass.inputs).toEqual({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "scratch-nvme" },
    provisioner: "localdisk.csi.acstor.io",
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  });
  expect(storageClass.dependencies).toContain(release.urn);
  const kubernetes = plan.resources.filter((it) => it.type.startsWith("kubernetes:"));
  expect(kubernetes.map((it) => it.provider.includes("pulumi:providers:kubernetes::kubernetes::"))).toEqual([
    true,
    true,
    true,
  ]);
  expect(seen).toEqual(["scratch-nvme"]);
});
