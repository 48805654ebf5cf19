export { AuditTrail, type AuditTrailArgs } from "./audit-trail/audit-trail";
export type { AuditTrailRef } from "./audit-trail/audit-trail-ref";
export type { Audited } from "./audit-trail/audited";
export { planAuditTrail, type AuditTrailPlan } from "./audit-trail/plan";
export type { AuditTrailShape } from "./audit-trail/shape";
export { ManagedPrometheus, type ManagedPrometheusArgs } from "./managed-prometheus/managed-prometheus";
export type { ManagedPrometheusRef } from "./managed-prometheus/managed-prometheus-ref";
export { planManagedPrometheus, type ManagedPrometheusPlan } from "./managed-prometheus/plan";
export type { ManagedPrometheusShape } from "./managed-prometheus/shape";
