import type { FabricProfile } from "./fabric-profile";

/** A ResourceClaimTemplate without its namespace, as a manifest has it. */
export type AdapterClaims = Readonly<Record<"metadata", Readonly<Record<"name", string>>>> &
  Readonly<Record<"spec", Readonly<Record<"spec", object>>>>;

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
