import type { FabricProfile } from "../../../catalog/fabric-profile";

/** A ResourceClaimTemplate without its namespace. */
export interface AdapterClaims {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly spec: { readonly devices: { readonly requests: ClaimedAdapters[] } } };
}

interface ClaimedAdapters {
  readonly name: string;
  readonly exactly: { readonly deviceClassName: string; readonly allocationMode: string; readonly count: number };
}

/** The template that a pod's claim of all adapters of its node is made from. */
export function adapterClaims({
  template,
  deviceClass: deviceClassName,
  count,
}: NonNullable<FabricProfile["adapters"]>): AdapterClaims {
  // All of it is said, also what the API server would fill in: Kueue counts no other form.
  const request = { name: "adapters", exactly: { deviceClassName, allocationMode: "ExactCount", count } };
  return { metadata: { name: template }, spec: { spec: { devices: { requests: [request] } } } };
}
