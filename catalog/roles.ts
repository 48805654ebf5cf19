/** A built-in role of Azure. */
export interface BuiltInRole {
  /** GUID of the role definition, the same in every tenant. */
  readonly id: string;
  /** Right to change access or to change everything: such a grant needs a reason. */
  readonly privileged: boolean;
}

/**
 * Built-in roles that this project grants or names in policies, by their display name.
 * Source: MicrosoftDocs/azure-docs:articles/role-based-access-control/built-in-roles.md (2026-04-09), the Managed Identity
 * Operator from built-in-roles/identity.md (2026-07-01), those that start and stop from built-in-roles/compute.md (2025-09-03) and
 * built-in-roles/containers.md (2025-06-30), that of Key Vault from
 * MicrosoftDocs/azure-security-docs:articles/key-vault/general/rbac-guide.md (2025-03-31).
 */
export const roles = {
  Reader: { id: "acdd72a7-3385-48ef-bd42-f606fba81ae7", privileged: false },
  Contributor: { id: "b24988ac-6180-42a0-ab88-20f7382dd24c", privileged: true },
  Owner: { id: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", privileged: true },
  "User Access Administrator": { id: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", privileged: true },
  "Role Based Access Control Administrator": { id: "f58310d9-a9f6-439a-9e8d-f62e7b41a168", privileged: true },
  // Locks, and nothing else. Its ID is as public repositories that grant it have it, all the same (2026-12); no page of Microsoft was read.
  "Locks Contributor": { id: "28bf596f-4eb7-45ce-b5bc-6cf482fec137", privileged: false },
  // Assignments and definitions of Azure Policy, and questions to it. It gives an assignment no right of its own to change anything.
  "Resource Policy Contributor": { id: "36243c78-bf99-498c-9df9-86d9f8d28608", privileged: false },
  "Network Contributor": { id: "4d97b98b-1d4f-4787-a291-c67834d212e7", privileged: false },
  "Private DNS Zone Contributor": { id: "b12aa53e-6015-4669-85d0-8515ebb3ae7f", privileged: false },
  "Managed Identity Operator": { id: "f1a07417-d97a-45cb-824c-7a7467783830", privileged: false },
  // It reads the keys of the account that it is given for, and with them all that lies there.
  "Storage Account Contributor": { id: "17d1049b-9a84-46fb-8f53-869881c3d3ab", privileged: false },
  "Storage Blob Data Contributor": { id: "ba92f5b4-2d11-453d-a403-e96b0029c9fe", privileged: false },
  "Storage Blob Data Reader": { id: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", privileged: false },
  "Key Vault Secrets User": { id: "4633458b-17de-408a-b874-0445c86b69e6", privileged: false },
  "Key Vault Secrets Officer": { id: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7", privileged: false },
  // It encrypts and decrypts, too, which is what Pulumi asks of a key.
  "Key Vault Crypto User": { id: "12338af0-0e69-4776-bea7-57ae8d297424", privileged: false },
  // It wraps and unwraps, and reads no key.
  "Key Vault Crypto Service Encryption User": { id: "e147488a-f6f5-4113-8e2d-b22465e65bf6", privileged: false },
  "Monitoring Data Reader": { id: "b0d8363b-8ddd-447d-831f-62ca05bff136", privileged: false },
  "Monitoring Contributor": { id: "749f88d5-cbae-40b8-bcfc-e573ddc772fa", privileged: false },
  "Monitoring Reader": { id: "43d0d8ad-25c7-4714-9337-8ba259a9fe05", privileged: false },
  "Grafana Admin": { id: "22926164-76b3-42b3-bc55-97df8dab3e41", privileged: false },
  "Grafana Editor": { id: "a79a5197-3a5c-4973-a920-486035ffd60f", privileged: false },
  "Grafana Viewer": { id: "60921a7e-fef1-4a43-9b16-a26c52ad4769", privileged: false },
  AcrPull: { id: "7f951dda-4ed3-4680-a7ca-43fe172d538d", privileged: false },
  AcrPush: { id: "8311e382-0749-4cb8-b61a-304f252e45ec", privileged: false },
  "Container Registry Repository Reader": { id: "b93aa761-3e63-49ed-ac28-beffa264f7ac", privileged: false },
  // It deletes images, too, and shares none with others.
  "Compute Gallery Artifacts Publisher": { id: "85a2d0d9-2eba-4c9c-b355-11c2cc0788ab", privileged: false },
  "Compute Gallery Image Reader": { id: "cf7c76d2-98a3-4358-a134-615aa78bf44d", privileged: false },
  // Both start and stop what they are given for, and write and delete it, too: Azure has none that is narrower for scale sets and clusters.
  "Virtual Machine Contributor": { id: "9980e02c-c2be-4d73-94e8-173b1dc7cf3c", privileged: false },
  "Azure Kubernetes Service Contributor Role": { id: "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8", privileged: false },
  // Made for desktops. Of a machine it is given for it allows start, deallocate and restart, and neither to change nor to delete it, nor to
  // run anything in it.
  "Desktop Virtualization Power On Off Contributor": { id: "40c5ff49-9181-41f8-ae61-143b0e78555e", privileged: false },
  "Virtual Machine Administrator Login": { id: "1c0163c0-47e6-4577-8991-ea5c82e286e4", privileged: false },
  "Azure Kubernetes Service RBAC Cluster Admin": { id: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b", privileged: false },
  "Azure Kubernetes Service Cluster User Role": { id: "4abbcc35-e782-43d8-92c5-2d3f1bd2253f", privileged: false },
} as const satisfies Readonly<Record<string, BuiltInRole>>;

/**
 * IDs of the roles that read or write the blobs of whatever they are given for. The last is Storage Blob Data Owner, which this project
 * gives to nobody. Source: as above.
 */
export const blobDataRoleIds: readonly string[] = [
  roles["Storage Blob Data Contributor"].id,
  roles["Storage Blob Data Reader"].id,
  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
];

/** Display name of a role in the table. */
export type RoleName = keyof typeof roles;

/** Roles that only the stack gives which makes the identities of pipelines: no pipeline gives them on. */
const ofBootstrap: ReadonlySet<string> = new Set<RoleName>([
  "Key Vault Crypto User",
  "Locks Contributor",
  "Resource Policy Contributor",
]);

/** Roles that components of an environment give, and the identity that deploys it may give. None that is privileged is among them. */
export const grantableRoles: readonly RoleName[] = (Object.keys(roles) as RoleName[])
  .filter((role) => !roles[role].privileged && !ofBootstrap.has(role))
  .sort();

/** ARM ID of a role definition, with the subscription, as Azure answers it. */
export function roleDefinitionId(subscriptionId: string, role: RoleName): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roles[role].id}`;
}
