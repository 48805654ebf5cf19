import { z } from "zod";
import { keysElsewhere } from "../../../core/keys-elsewhere";
import { poolKeysElsewhere } from "../agent-pool/keys-elsewhere";
import { nodeSettingsShape } from "../agent-pool/node-settings";
import { timeOfDay, weekday } from "../../../core/calendar";

/** Nodes for AKS's own pods: the one pool that is part of the cluster. Its taint keeps every other pod out. */
const systemPoolShape = z.strictObject({
  /** General-purpose size of 4 vCPUs or more, without GPU. Fixed at creation: Azure refuses another one. */
  size: z.string().default("Standard_D8ds_v5"),
  /** Nodes, fixed: 1 to 1000. Three or more survive the loss of one. */
  nodes: z.int().default(3),
  /**
   * Zones to spread over; `[]` for none. Leave out a zone in which your subscription may not use the size. Fixed at
   * creation: Azure refuses others. Default: all zones of the region.
   */
  zones: z.array(z.string()).exactOptional(),
  /**
   * `ephemeral` lies on the temporary disk: faster, and without a bill of its own. Fixed at creation: Azure refuses another
   * one. Default: ephemeral where the size's temporary disk holds 256 GiB.
   */
  osDisk: z.enum(["managed", "ephemeral"]).exactOptional(),
  ...nodeSettingsShape.shape,
});
keysElsewhere.add(systemPoolShape, poolKeysElsewhere);

/** Drivers of AKS for volumes. One that is off cannot make anything, whatever storage class somebody names. */
const csiDriversShape = z.strictObject({
  /** Managed disks. Add-ons of yours may want them; teams have a quota of 0. */
  disk: z.boolean().default(true),
  /** Blob containers, which teams mount without keys where `storage.blob` is. */
  blob: z.boolean().default(true),
  /** Azure Files. Its storage classes make storage accounts whose keys lie in Kubernetes secrets. */
  file: z.boolean().default(false),
  /** Snapshots of disks, which stay and cost when cluster and team are gone. Needs `disk`. */
  snapshots: z.boolean().default(false),
});

/** What AKS may upgrade by itself in the maintenance window. */
const upgradesShape = z.strictObject({
  /** New Kubernetes versions. */
  kubernetes: z.enum(["none", "patch", "stable"]).default("none"),
  /**
   * Security fixes of the nodes. One setting for the whole cluster: a GPU pool cannot opt out. `SecurityPatch` fixes nodes as they run and
   * renews them only where it must, `NodeImage` renews all every week, `None` leaves it to you (docs/runbooks/node-images.md).
   * Default: SecurityPatch, and None where a pool uses InfiniBand, which allows nothing else.
   * Source: MicrosoftDocs/azure-aks-docs:articles/aks/auto-upgrade-node-os-image.md (2026-06-26)
   */
  nodeOs: z.enum(["None", "SecurityPatch", "NodeImage"]).exactOptional(),
});

/** When AKS may touch the cluster: once a week. */
const maintenanceShape = z.strictObject({
  day: weekday.default("Saturday"),
  /** UTC, in quotes: "22:00". */
  startTime: timeOfDay.default("22:00"),
  /** Hours, 4 to 24. */
  durationHours: z.int().default(8),
});

/** The AKS cluster without its GPU pools. */
export const kubernetesClusterShape = z.strictObject({
  /** In quotes: "1.36" (AKS picks the patch) or "1.36.2". Required: a default would age. */
  kubernetesVersion: z.string(),
  /**
   * Who reaches the API server: `private`, which is `privateDns: public-name`, or the public address ranges that may call
   * it. Azure changes the kind in place; from private to public is a preview feature of it.
   * Source: MicrosoftDocs/azure-aks-docs:articles/aks/api-server-vnet-integration.md (2023-05-19)
   */
  apiServer: z
    .union([
      z.literal("private"),
      z.strictObject({
        /**
         * How the name of a private API server is found. `public-name`: in public DNS, so wherever there is a route.
         * `own-zone`: in a zone of the environment that its VNet and its peers see. `system-zone`: in a zone of AKS that
         * only its VNet sees. Or the ARM ID of a zone of yours. Fixed at creation, but for `public-name` and
         * `system-zone`, which change in place.
         */
        privateDns: z.union([
          z.enum(["public-name", "own-zone", "system-zone"]),
          z.strictObject({
            /** ARM ID of a private DNS zone named private.REGION.azmk8s.io, or with one label of yours before it. */
            zoneResourceId: z.string(),
          }),
        ]),
      }),
      z.strictObject({
        /** Your egress ranges, /16 or smaller. */
        authorizedIpRanges: z.array(z.string()),
      }),
    ])
    .default("private"),
  /** Control plane tier. `Free` has no SLA and is meant for fewer than 10 nodes. */
  tier: z.enum(["Free", "Standard", "Premium"]).default("Standard"),
  /** Long-term support of the version, needs tier Premium. */
  longTermSupport: z.boolean().default(false),
  /** Object IDs of the Entra groups that administer the cluster. There are no other administrators. */
  adminGroupObjectIds: z.array(z.string()),
  /** Nodes for AKS's own pods. */
  systemPool: systemPoolShape,
  /**
   * ARM ID of a disk encryption set in the region, whose key of yours encrypts the disks of all nodes and volumes; the host encrypts what
   * leaves it anyway. The cluster's identity becomes Reader of it, so whoever runs `up` must be allowed to grant that. Changing it
   * replaces the cluster. Default: Microsoft's keys.
   * Source: MicrosoftDocs/azure-aks-docs:articles/aks/azure-disk-customer-managed-keys.md (2026-08-21)
   */
  diskEncryptionSetResourceId: z.string().exactOptional(),
  /** Drivers of AKS for volumes. They change in place: turn one off only when no volume of it is left. */
  csiDrivers: csiDriversShape.prefault({}),
  /**
   * KEDA, run by AKS: it scales a workload by what it measures, such as requests that wait, where the autoscaler of Kubernetes knows
   * processors and memory. Its version follows Kubernetes. Changes in place: its ScaledObjects stop to work when it goes.
   * Source: MicrosoftDocs/azure-aks-docs:articles/aks/keda-about.md (2025-05-23)
   */
  keda: z.boolean().default(false),
  /**
   * `FQDN`: network policies know names of hosts, which a team's `egress` may then list. They are a part of Advanced Container Networking
   * Services, which bill for each node and hour; their other parts stay off. Changes in place. Default: None.
   * Source: MicrosoftDocs/azure-aks-docs:articles/aks/container-network-security-fqdn-filtering-concepts.md (2024-07-30)
   */
  advancedNetworkPolicies: z.enum(["None", "FQDN"]).default("None"),
  /** What AKS may upgrade by itself in the maintenance window. */
  upgrades: upgradesShape.prefault({}),
  /** When AKS may touch the cluster. */
  maintenance: maintenanceShape.prefault({}),
});
export type KubernetesClusterShape = z.input<typeof kubernetesClusterShape>;
