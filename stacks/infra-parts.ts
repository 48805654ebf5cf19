import { z } from "zod";
import { limits } from "../catalog/limits";
import { GpuScaleSet } from "../components/compute/gpu-scale-set/gpu-scale-set";
import { planGpuScaleSet } from "../components/compute/gpu-scale-set/plan";
import { gpuScaleSetShape } from "../components/compute/gpu-scale-set/shape";
import { RoleGrant } from "../components/identity/role-grant";
import { AuditTrail } from "../components/monitoring/audit-trail/audit-trail";
import { auditTrailRef } from "../components/monitoring/audit-trail/audit-trail-ref";
import { planAuditTrail } from "../components/monitoring/audit-trail/plan";
import { auditTrailShape } from "../components/monitoring/audit-trail/shape";
import { BlobStore } from "../components/storage/blob-store/blob-store";
import { blobStoreRef } from "../components/storage/blob-store/blob-store-ref";
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
    names: z.string().regex(limits.scaleSetName.pattern, limits.scaleSetName.rule),
    shape: gpuScaleSetShape,
    plan: planGpuScaleSet,
    machines: (plan) => plan,
    make: (name, plan, { scope, subnetResourceId, adminGroupObjectIds }) => {
      const scaleSet = new GpuScaleSet(name, { scope, plan, subnetResourceId: subnetResourceId("scaleSets") });
      // Whoever administers the cluster logs in to the nodes, by Entra ID and without a key.
      adminGroupObjectIds.forEach((principalId, at) => {
        new RoleGrant(`${name}-login-${at + 1}`, {
          scope: scaleSet.scaleSetResourceId,
          principalId,
          role: "Virtual Machine Administrator Login",
          principalType: "Group",
        });
      });
      return { ref: null, privateEndpoints: null, audited: null };
    },
    ref: null,
  }),
  // Last: it keeps the logs of whatever the rows before it make.
  auditTrail: infraPart({
    description: "A record of who did what, in Kubernetes and in storage.",
    names: "audit",
    shape: auditTrailShape,
    plan: planAuditTrail,
    machines: () => null,
    make: (name, plan, { scope, protect, audited }) => ({
      ref: new AuditTrail(name, { scope, plan, audited }, { protect }).ref,
      privateEndpoints: null,
      audited: null,
    }),
    ref: auditTrailRef,
  }),
};

/** Shared storage of an environment, by its key in the section `storage`. */
export const stores = {
  lustre: infraPart({
    description: "Managed Lustre, mounted by every training team.",
    names: "lustre",
    shape: lustreFileSystemShape,
    plan: planLustreFileSystem,
    machines: () => null,
    make: (name, plan, { scope, protect, subnetResourceId }) => {
      const placed = { scope, plan, subnetResourceId: subnetResourceId("lustre") };
      const { ref, resourceId } = new LustreFileSystem(name, placed, { protect });
      return { ref, privateEndpoints: null, audited: { kind: "lustre", resourceId } };
    },
    ref: lustreRef,
  }),
  blob: infraPart({
    description: "Blob storage with a container for each team.",
    names: "data",
    shape: blobStoreShape,
    plan: planBlobStore,
    machines: () => null,
    make: (name, plan, { scope, protect }) => {
      const { ref } = new BlobStore(name, { scope, plan }, { protect });
      return {
        ref,
        privateEndpoints: { targetResourceId: ref.accountResourceId, groups: plan.endpoints },
        audited: { kind: "blob", resourceId: ref.accountResourceId },
      };
    },
    ref: blobStoreRef,
  }),
};
