import type { RoleName } from "../catalog/roles";

/** How something is switched off so that its machines stop billing, and on again: a POST to its ARM ID. */
export interface PowerActions {
  readonly off: string;
  readonly on: string;
  readonly apiVersion: string;
  /** Where its state is read, below its ARM ID. */
  readonly state: { readonly path: string; readonly query: string };
  /** Whether a state that was read is the one asked for, in the language of workflows. */
  readonly is: Readonly<Record<"off" | "on", (body: string) => string>>;
  /** The narrowest built-in role that allows all three. */
  readonly role: RoleName;
}

/** It says so as soon as it begins to stop, and is stopped when the change has ended. */
const clusterIs = (state: string) => (body: string) =>
  `and(equals(${body}?['properties']?['provisioningState'], 'Succeeded'), equals(${body}?['properties']?['powerState']?['code'], '${state}'))`;

/** Every machine that is listed has this state. */
const machinesAre = (state: string) => (body: string) =>
  `equals(length(split(string(${body}), 'PowerState/')), length(split(string(${body}), 'PowerState/${state}')))`;
const machines = { off: machinesAre("deallocated"), on: machinesAre("running") } as const;

/**
 * Types that can be switched off and keep what they are.
 * Sources: https://learn.microsoft.com/rest/api/aks/managed-clusters/stop,
 * https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/deallocate and
 * https://learn.microsoft.com/rest/api/compute/virtual-machines/deallocate (what is only powered off goes on billing);
 * MicrosoftDocs/azure-aks-docs:articles/aks/start-stop-cluster.md (2026-07-21, states of a cluster);
 * MicrosoftDocs/azure-docs:articles/role-based-access-control/built-in-roles/compute.md (2025-09-03), containers.md (2025-06-30)
 */
export const powerActions = {
  ManagedCluster: {
    off: "stop",
    on: "start",
    apiVersion: "2025-09-01",
    state: { path: "", query: "" },
    is: { off: clusterIs("Stopped"), on: clusterIs("Running") },
    role: "Azure Kubernetes Service Contributor Role",
  },
  VirtualMachineScaleSet: {
    off: "deallocate",
    on: "start",
    apiVersion: "2024-11-01",
    state: { path: "/virtualMachines", query: "&$expand=instanceView" },
    is: machines,
    role: "Virtual Machine Contributor",
  },
  VirtualMachine: {
    off: "deallocate",
    on: "start",
    apiVersion: "2024-11-01",
    state: { path: "/instanceView", query: "" },
    is: machines,
    role: "Desktop Virtualization Power On Off Contributor",
  },
} as const satisfies Readonly<Record<string, PowerActions>>;

/** A type that can be switched off. */
export type Switchable = keyof typeof powerActions;
