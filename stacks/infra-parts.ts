import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import { limits } from "../catalog/limits";
import { GpuScaleSet } from "../components/compute/gpu-scale-set/gpu-scale-set";
import { planGpuScaleSet } from "../components/compute/gpu-scale-set/plan";
import { gpuScaleSetShape } from "../components/compute/gpu-scale-set/shape";
import { planRunner } from "../components/compute/runner/plan";
import { Runner } from "../components/compute/runner/runner";
import { runnerRef } from "../components/compute/runner/runner-ref";
import { runnerShape } from "../components/compute/runner/shape";
import { planImageRegistry } from "../components/identity/image-registry/plan";
import { imageRegistryShape } from "../components/identity/image-registry/shape";
import { keyVaultRef } from "../components/identity/key-vault/key-vault-ref";
import { planKeyVault } from "../components/identity/key-vault/plan";
import { keyVaultShape } from "../components/identity/key-vault/shape";
import { RoleGrant } from "../components/identity/role-grant";
import { AuditTrail } from "../components/monitoring/audit-trail/audit-trail";
import { auditTrailRef } from "../components/monitoring/audit-trail/audit-trail-ref";
import { planAuditTrail } from "../components/monitoring/audit-trail/plan";
import { auditTrailShape } from "../components/monitoring/audit-trail/shape";
import { ManagedPrometheus } from "../components/monitoring/managed-prometheus/managed-prometheus";
import { managedPrometheusRef } from "../components/monitoring/managed-prometheus/managed-prometheus-ref";
import { planManagedPrometheus } from "../components/monitoring/managed-prometheus/plan";
import { managedPrometheusShape } from "../components/monitoring/managed-prometheus/shape";
import { BlobContainer } from "../components/storage/blob-container";
import { BlobStore } from "../components/storage/blob-store/blob-store";
import { type BlobStoreRef, blobStoreRef } from "../components/storage/blob-store/blob-store-ref";
import { planBlobStore } from "../components/storage/blob-store/plan";
import { blobStoreShape } from "../components/storage/blob-store/shape";
import { LustreFileSystem } from "../components/storage/lustre-file-system/lustre-file-system";
import { lustreRef } from "../components/storage/lustre-file-system/lustre-ref";
import { planLustreFileSystem } from "../components/storage/lustre-file-system/plan";
import { lustreFileSystemShape } from "../components/storage/lustre-file-system/shape";
import { infraPart } from "./infra-part";

/**
 * Everything that an environment may have beside its network, its cluster and its storage, by its section of the stack file.
 * Made in this order, after the storage.
 */
export const infraParts = {
  scaleSets: infraPart({
    description: "Scale sets without Kubernetes, by name, for Slurm, Ray or plain MPI.",
    // A scale set called runner would be the runner's in Azure; `registry-...` are the grants on registries.
    names: z
      .string()
      .regex(limits.scaleSetName.pattern, limits.scaleSetName.rule)
      .refine((it) => it !== "runner" && it !== "registry", "must not be runner or registry, which others are called"),
    shape: gpuScaleSetShape,
    plan: planGpuScaleSet,
    machines: (plan) => [plan, ...(plan.slurm === null ? [] : [{ size: plan.slurm.size, domainLimit: null }])],
    endpoints: () => [],
    make: (name, plan, { scope, protect, subnetResourceId, adminGroupObjectIds, lustre, blob }) => {
      // Containers of its own: in the others are the data of teams.
      const container = blob && makeContainer(`scale-set-${name}`, blob, protect);
      // Apart from the files: whoever is on a node sees those. It is made again when it is lost.
      const keyContainer =
        plan.slurm === null ? undefined : blob && makeContainer(`scale-set-${name}-key`, blob, false);
      const scaleSet = new GpuScaleSet(name, {
        scope,
        plan,
        subnetResourceId: subnetResourceId("scaleSets"),
        ...(lustre !== undefined && { lustre }),
        ...(container !== undefined && { blob: container.place }),
        ...(keyContainer !== undefined && { slurmKey: keyContainer.place }),
      });
      for (const it of [container, keyContainer]) {
        if (it === undefined) continue;
        new RoleGrant(`${it.name}-blob`, {
          scope: it.resourceId,
          principalId: scaleSet.principalId,
          role: "Storage Blob Data Contributor",
          principalType: "ServicePrincipal",
        });
      }
      grantLogins(name, scaleSet.scaleSetResourceId, adminGroupObjectIds);
      if (scaleSet.headResourceId !== undefined) {
        grantLogins(`${name}-head`, scaleSet.headResourceId, adminGroupObjectIds);
      }
      return { ref: null, endpointTarget: null, audited: null };
    },
    ref: null,
  }),
  runner: infraPart({
    description: "One machine inside the VNet with the tools of `up`: the way in to a private API server.",
    names: "runner",
    shape: runnerShape,
    plan: planRunner,
    machines: ({ size }) => [{ size, domainLimit: null }],
    endpoints: () => [],
    make: (name, plan, { scope, subnetResourceId, clusterResourceId, adminGroupObjectIds }) => {
      const { ref } = new Runner(name, { scope, plan, subnetResourceId: subnetResourceId("runner") });
      grantLogins(name, ref.resourceId, adminGroupObjectIds);
      // Enough for everything inside the cluster, and nothing outside it: whoever is on the machine can act as its identity.
      for (const [purpose, role] of [
        ["kubeconfig", "Azure Kubernetes Service Cluster User Role"],
        ["cluster", "Azure Kubernetes Service RBAC Cluster Admin"],
      ] as const) {
        new RoleGrant(`${name}-${purpose}`, {
          scope: clusterResourceId,
          principalId: ref.identityPrincipalId,
          role,
          principalType: "ServicePrincipal",
        });
      }
      return { ref, endpointTarget: null, audited: null };
    },
    ref: runnerRef,
  }),
  registries: infraPart({
    description: "Container registries of somebody else's, by name, that the nodes pull images from.",
    names: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,19}$/, "must be 1 to 20 lowercase letters, digits or hyphens, first a letter"),
    shape: imageRegistryShape,
    plan: planImageRegistry,
    machines: () => [],
    endpoints: ({ approval }) => (approval === null ? [] : ["registry"]),
    make: (name, { resourceId, role, approval }, { kubeletPrincipalId }) => {
      new RoleGrant(`registry-${name}`, {
        scope: resourceId,
        principalId: kubeletPrincipalId,
        role,
        principalType: "ServicePrincipal",
      });
      return { ref: null, endpointTarget: approval && { resourceId, approval }, audited: null };
    },
    ref: null,
  }),
  keyVault: infraPart({
    description: "A Key Vault of somebody else's, whose secrets teams mount as files.",
    names: "secrets",
    shape: keyVaultShape,
    plan: planKeyVault,
    machines: () => [],
    endpoints: ({ approval }) => (approval === null ? [] : ["vault"]),
    // What is read of it, and by whom, teams say: nothing is granted here.
    make: (_, { ref, approval }) => ({
      ref,
      endpointTarget: approval && { resourceId: ref.resourceId, approval },
      audited: null,
    }),
    ref: keyVaultRef,
  }),
  metrics: infraPart({
    description: "Metrics of GPUs, links and queues in managed Prometheus, summed up for each team and each job.",
    names: "metrics",
    shape: managedPrometheusShape,
    plan: planManagedPrometheus,
    machines: () => [],
    endpoints: () => [],
    make: (name, plan, { scope, protect, clusterResourceId, gpuPools }) => ({
      ref: new ManagedPrometheus(name, { scope, plan, clusterResourceId, gpuPools }, { protect }).ref,
      endpointTarget: null,
      audited: null,
    }),
    ref: managedPrometheusRef,
  }),
  // Last: it keeps the logs of whatever the rows before it make.
  auditTrail: infraPart({
    description: "A record of who did what, in Kubernetes and in storage.",
    names: "audit",
    shape: auditTrailShape,
    plan: planAuditTrail,
    machines: () => [],
    endpoints: () => [],
    make: (name, plan, { scope, protect, audited }) => ({
      ref: new AuditTrail(name, { scope, plan, audited }, { protect }).ref,
      endpointTarget: null,
      audited: null,
    }),
    ref: auditTrailRef,
  }),
};

/** Shared storage of an environment, by its key in the section `storage`. */
export const stores = {
  lustre: infraPart({
    description: "Managed Lustre, mounted by every training team and every scale set.",
    names: "lustre",
    shape: lustreFileSystemShape,
    plan: planLustreFileSystem,
    machines: () => [],
    endpoints: () => [],
    make: (name, plan, { scope, protect, subnetResourceId }) => {
      const placed = { scope, plan, subnetResourceId: subnetResourceId("lustre") };
      const { ref, resourceId } = new LustreFileSystem(name, placed, { protect });
      return { ref, endpointTarget: null, audited: { kind: "lustre", resourceId }, lustre: ref };
    },
    ref: lustreRef,
  }),
  blob: infraPart({
    description: "Blob storage with a container for each team and each scale set.",
    names: "data",
    shape: blobStoreShape,
    plan: planBlobStore,
    machines: () => [],
    endpoints: (plan) => plan.endpoints,
    make: (name, plan, { scope, protect }) => {
      const { ref } = new BlobStore(name, { scope, plan }, { protect });
      return {
        ref,
        endpointTarget: { resourceId: ref.accountResourceId, approval: "automatic" },
        audited: { kind: "blob", resourceId: ref.accountResourceId },
        blob: ref,
      };
    },
    ref: blobStoreRef,
  }),
};

/** Whoever administers the cluster logs in to the machines beside it, by Entra ID and without a key. */
function grantLogins(name: string, scope: Input<string>, adminGroupObjectIds: readonly string[]): void {
  adminGroupObjectIds.forEach((principalId, at) => {
    new RoleGrant(`${name}-login-${at + 1}`, {
      scope,
      principalId,
      role: "Virtual Machine Administrator Login",
      principalType: "Group",
    });
  });
}

/** A container for a scale set: its name, where it is, and what a grant names. */
function makeContainer(name: string, store: BlobStoreRef, protect: boolean) {
  const { containerName, containerResourceId } = new BlobContainer(name, { store, containerName: name }, { protect });
  return { name, place: { accountName: store.accountName, containerName }, resourceId: containerResourceId };
}
