import type { RoleName } from "../catalog/roles";

/** How something is switched off so that its machines stop billing, and on again: a POST to its ARM ID. */
export interface PowerActions {
  readonly off: string;
  readonly on: string;
  readonly apiVersion: string;
  /** The narrowest built-in role that allows both. */
  readonly role: RoleName;
}

/**
 * Types that can be switched off and keep what they are.
 * Sources: https://learn.microsoft.com/rest/api/aks/managed-clusters/stop,
 * https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/deallocate and
 * https://learn.microsoft.com/rest/api/compute/virtual-machines/deallocate (what is only powered off goes on billing);
 * MicrosoftDocs/azure-docs:articles/role-based-access-control/built-in-roles.md (2026-04-09)
 */
export const powerActions = {
  ManagedCluster: {
    off: "stop",
    on: "start",
    apiVersion: "2025-09-01",
    role: "Azure Kubernetes Service Contributor Role",
  },
  VirtualMachineScaleSet: {
    off: "deallocate",
    on: "start",
    apiVersion: "2024-11-01",
    role: "Virtual Machine Contributor",
  },
  VirtualMachine: { off: "deallocate", on: "start", apiVersion: "2024-11-01", role: "Virtual Machine Contributor" },
} as const satisfies Readonly<Record<string, PowerActions>>;

/** A type that can be switched off. */
export type Switchable = keyof typeof powerActions;
