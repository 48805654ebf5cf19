import { output, type Input, type Output } from "@pulumi/pulumi";
import type { z } from "zod";
import { parseArmId } from "../azure/arm-id";
import type { RoleName } from "../catalog/roles";
import { GpuScaleSet } from "../components/compute/gpu-scale-set/gpu-scale-set";
import { ImageGallery } from "../components/compute/image-gallery/image-gallery";
import { ImageTemplate } from "../components/compute/image-gallery/image-template";
import type { ImageBuilder } from "../components/compute/image-gallery/image-builder";
import { Runner } from "../components/compute/runner/runner";
import { AzurePolicies } from "../components/foundation/azure-policies/azure-policies";
import { ContainerRegistry } from "../components/identity/container-registry/container-registry";
import { KeyVault } from "../components/identity/key-vault/key-vault";
import { RoleGrant } from "../components/identity/role-grant";
import { Alerts } from "../components/monitoring/alerts/alerts";
import { AuditTrail } from "../components/monitoring/audit-trail/audit-trail";
import { Grafana } from "../components/monitoring/grafana/grafana";
import { ManagedPrometheus } from "../components/monitoring/managed-prometheus/managed-prometheus";
import { ArchiveStore } from "../components/storage/archive-store/archive-store";
import { BlobContainer } from "../components/storage/blob-container";
import { BlobIntegration } from "../components/storage/blob-integration/blob-integration";
import { BlobStore } from "../components/storage/blob-store/blob-store";
import { LustreFileSystem } from "../components/storage/lustre-file-system/lustre-file-system";
import { NetAppFiles } from "../components/storage/netapp-files/netapp-files";
import { NetAppVolume } from "../components/storage/netapp-volume";
import type { OwnKey } from "../components/identity/customer-managed-keys/own-key-ref";
import type { BlobStoreRef } from "../components/storage/blob-store/blob-store-ref";
import type { NetAppRef } from "../components/storage/netapp-files/netapp-ref";
import type { Scope } from "../core/scope";
import type { infraParts, PartKey, stores } from "./infra-parts";
import type { MadePart } from "./made-part";
import type { PartSite } from "./part-site";
import type { PlannedPart } from "./plan-parts";

/** The making of a row: by its plan, and what is handed over is what the row says that its readers get. */
type Making<Row extends { plan(...given: never): unknown; readonly ref: z.ZodType | null }> = (
  name: string,
  plan: ReturnType<Row["plan"]>,
  site: PartSite,
) => MadePart<Row["ref"] extends z.ZodType ? Connected<z.output<Row["ref"]>> : null>;

/** What a reader gets as plain values, while some of them may be known later. */
type Connected<T> = { readonly [K in keyof T]: Input<T[K]> };

/**
 * How each part is made, by its row. Apart from the rows, which a command reads that makes nothing: what is needed to make takes longer to
 * load than all of those.
 */
const makings = {
  blobIntegration: (name, plan, { scope, protect, keys }) => {
    const placed = { scope, plan, ...ownKey(keys?.keyFor("storage")) };
    const { accountResourceId, lustreBlob } = new BlobIntegration(name, placed, { protect });
    // Both, says Azure: the one to make signatures, the other for the data.
    const after = (["Storage Account Contributor", "Storage Blob Data Contributor"] as const).map(
      (role, at) =>
        new RoleGrant(`${name}-${at === 0 ? "account" : "data"}`, {
          scope: accountResourceId,
          principalId: plan.providerObjectId,
          role,
          principalType: "ServicePrincipal",
        }),
    );
    return {
      ref: null,
      endpointTarget: { resourceId: accountResourceId, approval: "automatic" },
      audited: { kind: "blob", resourceId: accountResourceId },
      measured: { kind: "blob", resourceId: accountResourceId },
      lustreBlob: { ...lustreBlob, after },
    };
  },
  lustre: (name, plan, { scope, protect, subnetResourceId, nodeRanges, lustreBlob, keys }) => {
    const placed = {
      ...{ scope, plan, subnetResourceId: subnetResourceId("lustre"), nodeRanges },
      ...(lustreBlob !== undefined && { blob: lustreBlob }),
      ...ownKey(keys?.keyFor("lustre")),
    };
    const { ref, resourceId } = new LustreFileSystem(name, placed, { protect });
    const stored = { kind: "lustre", resourceId } as const;
    return { ref, endpointTarget: null, audited: stored, measured: stored, lustre: ref };
  },
  blob: (name, plan, { scope, protect, keys }) => {
    const { ref } = new BlobStore(name, { scope, plan, ...ownKey(keys?.keyFor("storage")) }, { protect });
    return {
      ref,
      endpointTarget: { resourceId: ref.accountResourceId, approval: "automatic" },
      audited: { kind: "blob", resourceId: ref.accountResourceId },
      measured: { kind: "blob", resourceId: ref.accountResourceId },
      blob: ref,
    };
  },
  archive: (name, plan, { scope, protect, keys }) => {
    const { ref } = new ArchiveStore(name, { scope, plan, ...ownKey(keys?.keyFor("storage")) }, { protect });
    const role = "Storage Blob Data Contributor";
    grantGroups(`${name}-writer`, ref.containerResourceId, role, plan.writerGroupObjectIds);
    return {
      ref,
      endpointTarget: { resourceId: ref.accountResourceId, approval: "automatic" },
      audited: { kind: "blob", resourceId: ref.accountResourceId },
      measured: { kind: "blob", resourceId: ref.accountResourceId },
    };
  },
  netapp: (name, plan, { scope, protect, subnetResourceId, nodeRanges, scaleSetRanges, scaleSets }) => {
    const clientRanges = [...nodeRanges, ...scaleSetRanges];
    const wires = { subnetResourceId: subnetResourceId("netapp"), clientRanges, otherVolumes: scaleSets.length };
    const { ref, resourceId } = new NetAppFiles(name, { scope, plan, ...wires }, { protect });
    return { ref, endpointTarget: null, audited: null, measured: { kind: "netapp", resourceId }, netapp: ref };
  },
  containerRegistry: (name, plan, { scope, protect, keys, kubeletPrincipalId }) => {
    const placed = { scope, plan, ...ownKey(keys?.keyFor("registry")) };
    const { ref } = new ContainerRegistry(name, placed, { protect });
    grantPull(`registry-${name}`, ref.resourceId, kubeletPrincipalId);
    grantGroups(`${name}-push`, ref.resourceId, "AcrPush", plan.pushGroupObjectIds);
    return {
      ref,
      endpointTarget: { resourceId: ref.resourceId, approval: "automatic" },
      audited: { kind: "registry", resourceId: ref.resourceId },
      registryResourceId: ref.resourceId,
    };
  },
  imageGallery: (name, plan, { scope, protect }) => {
    const imageGallery = new ImageGallery(name, { scope, plan }, { protect });
    grantGroups(`${name}-reader`, imageGallery.resourceId, "Compute Gallery Image Reader", plan.readerGroupObjectIds);
    for (const builder of imageGallery.builders) {
      const dependsOn = grantBuilder(builder, imageGallery.resourceId);
      // The next `up` makes it again.
      new ImageTemplate(builder.name, { scope, builder }, { dependsOn, protect: false });
    }
    return { ref: null, endpointTarget: null, audited: null, imageGallery };
  },
  scaleSets: (name, plan, site) => {
    const { scope, switchedScope, protect, subnetResourceId, adminGroupObjectIds, lustre, blob, netapp } = site;
    const { ownImage } = plan;
    const ownImageResourceId = ownImage && site.imageGallery?.versionResourceId(ownImage.name, ownImage.version);
    // Containers of its own: in the others are the data of teams.
    const container = blob && makeContainer(`scale-set-${name}`, blob, protect);
    // Apart from the files: whoever is on a node sees those. It is made again when it is lost.
    const keyContainer = plan.slurm === null ? undefined : blob && makeContainer(`scale-set-${name}-key`, blob, false);
    const scaleSet = new GpuScaleSet(name, {
      scope: switchedScope,
      plan,
      subnetResourceId: subnetResourceId("scaleSets"),
      ...(lustre !== undefined && { lustre }),
      ...(netapp !== undefined && { nfs: makeVolume(`scale-set-${name}`, netapp, scope, protect) }),
      ...(container !== undefined && { blob: container.place }),
      ...(keyContainer !== undefined && { slurmKey: keyContainer.place }),
      ...(ownImageResourceId != null && { ownImageResourceId }),
      ...encryptedDisks(site),
    });
    if (site.registryResourceId !== undefined) {
      grantPull(`${name}-images`, site.registryResourceId, scaleSet.principalId);
    }
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
    const { headResourceId } = scaleSet;
    if (headResourceId !== undefined) grantLogins(`${name}-head`, headResourceId, adminGroupObjectIds);
    return {
      ref: null,
      endpointTarget: null,
      audited: null,
      switched: {
        [`scale-set-${name}`]: { type: "VirtualMachineScaleSet", resourceId: scaleSet.scaleSetResourceId },
        ...(headResourceId !== undefined && {
          [`scale-set-${name}-head`]: { type: "VirtualMachine", resourceId: headResourceId },
        }),
      },
    };
  },
  runner: (name, plan, site) => {
    const { scope, subnetResourceId, clusterResourceId, adminGroupObjectIds } = site;
    const placed = { scope, plan, subnetResourceId: subnetResourceId("runner"), ...encryptedDisks(site) };
    const { ref } = new Runner(name, placed);
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
  registries: (name, { resourceId, role, approval }, { kubeletPrincipalId }) => {
    new RoleGrant(`registry-${name}`, {
      scope: resourceId,
      principalId: kubeletPrincipalId,
      role,
      principalType: "ServicePrincipal",
    });
    return { ref: null, endpointTarget: approval && { resourceId, approval }, audited: null };
  },
  // What is read of it, and by whom, teams say: who writes is granted here, where it is ours.
  keyVault: (name, plan, { scope, protect, tenantId }) => {
    const { vault, approval, secretsOfficerGroupObjectIds } = plan;
    if ("theirs" in vault) {
      const { theirs: ref } = vault;
      return { ref, endpointTarget: approval && { resourceId: ref.resourceId, approval }, audited: null };
    }
    const { ref } = new KeyVault(name, { scope, plan, tenantId }, { protect });
    grantGroups(`${name}-officer`, ref.resourceId, "Key Vault Secrets Officer", secretsOfficerGroupObjectIds);
    return {
      ref,
      endpointTarget: { resourceId: ref.resourceId, approval: "automatic" },
      audited: { kind: "vault", resourceId: ref.resourceId },
    };
  },
  alerts: (name, plan, { scope, clusterResourceId, watched }) => {
    const { ref } = new Alerts(name, { scope, plan, resourceInGroup: clusterResourceId, watched });
    return { ref, endpointTarget: null, audited: null, alertRoute: ref };
  },
  metrics: (name, plan, site) => {
    const { scope, protect, clusterResourceId, gpuPools, adminGroupObjectIds, alertRoute, measured: stores } = site;
    const placed = { scope, plan, clusterResourceId, gpuPools, alertRoute, stores };
    const { ref } = new ManagedPrometheus(name, placed, { protect });
    // Of a workspace of somebody else's its owner says who reads it.
    if (!("resourceId" in plan.workspace)) {
      grantGroups(name, ref.workspaceResourceId, "Monitoring Data Reader", adminGroupObjectIds);
    }
    return { ref, endpointTarget: null, audited: null, metrics: ref };
  },
  grafana: (name, plan, { scope, protect, clusterResourceId, adminGroupObjectIds, metrics }) => {
    if (metrics === undefined) throw new Error("The checks let a Grafana without metrics pass.");
    const { ref, principalId } = new Grafana(name, { scope, plan, metrics }, { protect });
    const principalType = "ServicePrincipal";
    new RoleGrant(`${name}-metrics`, {
      scope: metrics.workspaceResourceId,
      principalId,
      role: "Monitoring Data Reader",
      principalType,
    });
    // Metrics that Azure keeps of its own resources, of those of the environment alone.
    const group = output(clusterResourceId).apply((id) => parseArmId(id)?.scope ?? "");
    new RoleGrant(`${name}-resources`, { scope: group, principalId, role: "Monitoring Reader", principalType });
    grantGroups(`${name}-admins`, ref.resourceId, "Grafana Admin", adminGroupObjectIds);
    grantGroups(`${name}-editors`, ref.resourceId, "Grafana Editor", plan.editorGroupObjectIds);
    grantGroups(`${name}-viewers`, ref.resourceId, "Grafana Viewer", plan.viewerGroupObjectIds);
    return {
      ref,
      endpointTarget: plan.private ? { resourceId: ref.resourceId, approval: "automatic" } : null,
      audited: { kind: "grafana", resourceId: ref.resourceId },
    };
  },
  azurePolicy: (name, plan, { scope, clusterResourceId }) => {
    const groupResourceId = output(clusterResourceId).apply((id) => parseArmId(id)?.scope ?? "");
    new AzurePolicies(name, { scope, plan, groupResourceId });
    return { ref: null, endpointTarget: null, audited: null };
  },
  auditTrail: (name, plan, { scope, protect, audited }) => ({
    ref: new AuditTrail(name, { scope, plan, audited }, { protect }).ref,
    endpointTarget: null,
    audited: null,
  }),
} satisfies { readonly [K in PartKey]: Making<(typeof stores & typeof infraParts)[K]> };

/** Registers a part as it was planned. */
export function makePart({ key, name, plan }: PlannedPart<PartKey>, site: PartSite): MadePart<unknown> {
  // Key and plan are of one row; TypeScript does not follow a table by its key.
  const make: (name: string, plan: never, site: PartSite) => MadePart<unknown> = makings[key];
  return make(name, plan as never, site);
}

/** What parts hand over: absent where there is no such part. */
export type PartRefs = { readonly [K in HandingOver]?: RefOf<K> };

type RefOf<K extends PartKey> = ReturnType<(typeof makings)[K]>["ref"];
type HandingOver = { [K in PartKey]: RefOf<K> extends null ? never : K }[PartKey];

/** The least role that images of a registry as a whole can be pulled with. */
function grantPull(name: string, scope: Input<string>, principalId: Output<string>): void {
  new RoleGrant(name, { scope, principalId, role: "AcrPull", principalType: "ServicePrincipal" });
}

/** A key as components take it: none where there is none. */
function ownKey(key: OwnKey | undefined): { readonly ownKey?: OwnKey } {
  return key === undefined ? {} : { ownKey: key };
}

/** The disk encryption set of the environment's own as machines take it: none where there is none. */
function encryptedDisks({ keys }: PartSite): { readonly diskEncryptionSetResourceId?: Input<string> } {
  const id = keys?.diskEncryptionSetResourceId;
  return id === undefined ? {} : { diskEncryptionSetResourceId: id };
}

/** Whoever administers the cluster logs in to the machines beside it, by Entra ID and without a key. */
function grantLogins(name: string, scope: Input<string>, adminGroupObjectIds: readonly string[]): void {
  grantGroups(`${name}-login`, scope, "Virtual Machine Administrator Login", adminGroupObjectIds);
}

/** What builds an image writes into the gallery, and joins the subnets of a build in a network of somebody's. */
function grantBuilder({ name, plan, principalId }: ImageBuilder, galleryResourceId: Input<string>): RoleGrant[] {
  const { subnets } = plan;
  const wanted: (readonly [purpose: string, scope: Input<string>, role: RoleName])[] = [
    ["gallery", galleryResourceId, "Compute Gallery Artifacts Publisher"],
    ...(subnets === null
      ? []
      : ([
          ["machines", subnets.machines, "Network Contributor"],
          ["containers", subnets.containers, "Network Contributor"],
          ["network", subnets.networkResourceId, "Reader"],
        ] as const)),
  ];
  return wanted.map(
    ([purpose, scope, role]) =>
      new RoleGrant(`${name}-${purpose}`, { scope, principalId, role, principalType: "ServicePrincipal" }),
  );
}

/** One role for each of some groups, which are numbered from 1. */
function grantGroups(name: string, scope: Input<string>, role: RoleName, groupObjectIds: readonly string[]): void {
  groupObjectIds.forEach((principalId, at) => {
    new RoleGrant(`${name}-${at + 1}`, { scope, principalId, role, principalType: "Group" });
  });
}

/** A container for a scale set: its name, where it is, and what a grant names. */
function makeContainer(name: string, store: BlobStoreRef, protect: boolean) {
  const { containerName, containerResourceId } = new BlobContainer(name, { store, containerName: name }, { protect });
  return { name, place: { accountName: store.accountName, containerName }, resourceId: containerResourceId };
}

/** A volume for a scale set: where and how it is mounted. */
function makeVolume(name: string, pool: NetAppRef, { tags }: Scope, protect: boolean) {
  const { server, exportPath } = new NetAppVolume(name, { pool, volumeName: name, tags }, { protect });
  return { server, exportPath, protocol: pool.protocol };
}
