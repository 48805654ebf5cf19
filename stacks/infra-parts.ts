import { z } from "zod";
import { limits } from "../catalog/limits";
import { planGpuScaleSet } from "../components/compute/gpu-scale-set/plan";
import { gpuScaleSetShape } from "../components/compute/gpu-scale-set/shape";
import { planImageGallery } from "../components/compute/image-gallery/plan";
import { imageGalleryShape } from "../components/compute/image-gallery/shape";
import { planRunner } from "../components/compute/runner/plan";
import { runnerRef } from "../components/compute/runner/runner-ref";
import { runnerShape } from "../components/compute/runner/shape";
import { containerRegistryRef } from "../components/identity/container-registry/container-registry-ref";
import { planContainerRegistry } from "../components/identity/container-registry/plan";
import { containerRegistryShape } from "../components/identity/container-registry/shape";
import { planImageRegistry } from "../components/identity/image-registry/plan";
import { imageRegistryShape } from "../components/identity/image-registry/shape";
import { keyVaultRef } from "../components/identity/key-vault/key-vault-ref";
import { planKeyVault } from "../components/identity/key-vault/plan";
import { keyVaultShape } from "../components/identity/key-vault/shape";
import { alertsRef } from "../components/monitoring/alerts/alerts-ref";
import { planAlerts } from "../components/monitoring/alerts/plan";
import { alertsShape } from "../components/monitoring/alerts/shape";
import { planAzurePolicies } from "../components/foundation/azure-policies/plan";
import { azurePoliciesShape } from "../components/foundation/azure-policies/shape";
import { auditTrailRef } from "../components/monitoring/audit-trail/audit-trail-ref";
import { planAuditTrail } from "../components/monitoring/audit-trail/plan";
import { auditTrailShape } from "../components/monitoring/audit-trail/shape";
import { grafanaRef } from "../components/monitoring/grafana/grafana-ref";
import { planGrafana } from "../components/monitoring/grafana/plan";
import { grafanaShape } from "../components/monitoring/grafana/shape";
import { managedPrometheusRef } from "../components/monitoring/managed-prometheus/managed-prometheus-ref";
import { planManagedPrometheus } from "../components/monitoring/managed-prometheus/plan";
import { managedPrometheusShape } from "../components/monitoring/managed-prometheus/shape";
import { archiveStoreRef } from "../components/storage/archive-store/archive-store-ref";
import { planArchiveStore } from "../components/storage/archive-store/plan";
import { archiveStoreShape } from "../components/storage/archive-store/shape";
import { planBlobIntegration } from "../components/storage/blob-integration/plan";
import { blobIntegrationShape } from "../components/storage/blob-integration/shape";
import { blobStoreRef } from "../components/storage/blob-store/blob-store-ref";
import { planBlobStore } from "../components/storage/blob-store/plan";
import { blobStoreShape } from "../components/storage/blob-store/shape";
import { lustreRef } from "../components/storage/lustre-file-system/lustre-ref";
import { planLustreFileSystem } from "../components/storage/lustre-file-system/plan";
import { lustreFileSystemShape } from "../components/storage/lustre-file-system/shape";
import { netAppRef } from "../components/storage/netapp-files/netapp-ref";
import { planNetAppFiles } from "../components/storage/netapp-files/plan";
import { netAppFilesShape } from "../components/storage/netapp-files/shape";
import { infraPart } from "./infra-part";

// A row calls its plan, and does not hold it: what decides about a part that nobody declares is then never loaded (cli/lazy-sdk.cjs).

/**
 * Everything that an environment may have beside its network, its cluster and its storage, by its section of the stack file.
 * Made in this order, after the storage; how, says make-part.ts.
 */
export const infraParts = {
  // Before the scale sets, which pull from it.
  containerRegistry: infraPart({
    description: "A container registry of the environment's own, which nodes and scale sets pull from.",
    names: "own-images",
    shape: containerRegistryShape,
    plan: (...given) => planContainerRegistry(...given),
    machines: () => [],
    endpoints: () => ["registry"],
    ref: containerRegistryRef,
  }),
  // Before the scale sets, which boot from it.
  imageGallery: infraPart({
    description:
      "A Compute Gallery with images of the environment's own for scale sets, and templates that build them.",
    names: "images",
    shape: imageGalleryShape,
    plan: (...given) => planImageGallery(...given),
    machines: () => [],
    endpoints: () => [],
    ref: null,
  }),
  scaleSets: infraPart({
    description: "Scale sets without Kubernetes, by name, for Slurm, Ray or plain MPI.",
    // A scale set called runner would be the runner's in Azure; `registry-...` are the grants on registries.
    names: z
      .string()
      .regex(limits.scaleSetName.pattern, limits.scaleSetName.rule)
      .refine((it) => it !== "runner" && it !== "registry", "must not be runner or registry, which others are called"),
    shape: gpuScaleSetShape,
    plan: (...given) => planGpuScaleSet(...given),
    machines: (plan) => [plan, ...(plan.slurm === null ? [] : [{ size: plan.slurm.size, domainLimit: null }])],
    endpoints: () => [],
    ref: null,
  }),
  runner: infraPart({
    description: "One machine inside the VNet with the tools of `up`: the way in to a private API server.",
    names: "runner",
    shape: runnerShape,
    plan: (...given) => planRunner(...given),
    machines: ({ size }) => [{ size, domainLimit: null }],
    endpoints: () => [],
    ref: runnerRef,
  }),
  registries: infraPart({
    description: "Container registries of somebody else's, by name, that the nodes pull images from.",
    names: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,19}$/, "must be 1 to 20 lowercase letters, digits or hyphens, first a letter")
      .refine((it) => it !== "own-images", "must not be own-images, which that of the environment is called"),
    shape: imageRegistryShape,
    plan: (name, shape) => planImageRegistry(name, shape),
    machines: () => [],
    endpoints: ({ approval }) => (approval === null ? [] : ["registry"]),
    ref: null,
  }),
  keyVault: infraPart({
    description: "A Key Vault, of the environment's own or somebody else's, whose secrets teams mount as files.",
    names: "secrets",
    shape: keyVaultShape,
    plan: (...given) => planKeyVault(...given),
    machines: () => [],
    endpoints: ({ approval }) => (approval === null ? [] : ["vault"]),
    ref: keyVaultRef,
  }),
  // Before the metrics, whose alerts go there, and after all that it watches.
  alerts: infraPart({
    description: "Where alerts go, and alerts of Azure itself: health, metrics of its own, who changed what.",
    names: "alerts",
    shape: alertsShape,
    plan: (...given) => planAlerts(...given),
    machines: () => [],
    endpoints: () => [],
    ref: alertsRef,
  }),
  metrics: infraPart({
    description: "Metrics of GPUs, links and queues in managed Prometheus, summed up for each team and each job.",
    names: "metrics",
    shape: managedPrometheusShape,
    plan: (...given) => planManagedPrometheus(...given),
    machines: () => [],
    endpoints: () => [],
    ref: managedPrometheusRef,
  }),
  grafana: infraPart({
    description: "Azure Managed Grafana over the metrics.",
    names: "grafana",
    shape: grafanaShape,
    plan: (...given) => planGrafana(...given),
    machines: () => [],
    endpoints: (plan) => (plan.private ? ["grafana"] : []),
    ref: grafanaRef,
  }),
  azurePolicy: infraPart({
    description: "Azure Policy over the resource group: what Azure itself refuses, whoever asks for it.",
    names: "policy",
    shape: azurePoliciesShape,
    plan: (...given) => planAzurePolicies(...given),
    machines: () => [],
    endpoints: () => [],
    ref: null,
  }),
  // Last: it keeps the logs of whatever the rows before it make.
  auditTrail: infraPart({
    description: "A record of who did what, in Kubernetes and in storage.",
    names: "audit",
    shape: auditTrailShape,
    plan: (...given) => planAuditTrail(...given),
    machines: () => [],
    endpoints: () => [],
    ref: auditTrailRef,
  }),
};

/** Shared storage of an environment, by its key in the section `storage`. */
export const stores = {
  // Before the file system that moves data from and to it.
  blobIntegration: infraPart({
    description:
      "An account of its own whose keys are allowed, from which Managed Lustre imports and to which it exports.",
    names: "lustre-blob",
    shape: blobIntegrationShape,
    plan: (...given) => planBlobIntegration(...given),
    machines: () => [],
    endpoints: (plan) => plan.endpoints,
    ref: null,
  }),
  lustre: infraPart({
    description: "Managed Lustre, mounted by every training team and every scale set.",
    names: "lustre",
    shape: lustreFileSystemShape,
    plan: (...given) => planLustreFileSystem(...given),
    machines: () => [],
    endpoints: () => [],
    ref: lustreRef,
  }),
  blob: infraPart({
    description: "Blob storage with a container for each team and each scale set.",
    names: "data",
    shape: blobStoreShape,
    plan: (...given) => planBlobStore(...given),
    machines: () => [],
    endpoints: (plan) => plan.endpoints,
    ref: blobStoreRef,
  }),
  archive: infraPart({
    description: "Blob storage with versions, for weights, data sets of record and audit: every team reads it.",
    names: "archive",
    shape: archiveStoreShape,
    plan: (...given) => planArchiveStore(...given),
    machines: () => [],
    endpoints: (plan) => plan.endpoints,
    ref: archiveStoreRef,
  }),
  netapp: infraPart({
    description: "NFS on NetApp Files: a volume for each training and notebook team and for each scale set.",
    names: "homes",
    shape: netAppFilesShape,
    plan: (...given) => planNetAppFiles(...given),
    machines: () => [],
    endpoints: () => [],
    ref: netAppRef,
  }),
};

/** Key of a part, of either table. */
export type PartKey = keyof typeof infraParts | keyof typeof stores;
