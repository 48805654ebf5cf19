export { AzurePolicies, type AzurePoliciesArgs } from "./azure-policies/azure-policies";
export { planAzurePolicies, type AzurePoliciesPlan } from "./azure-policies/plan";
export { EnvironmentGroup, type EnvironmentGroupArgs } from "./environment-group";
export { EnvironmentBudget, type EnvironmentBudgetArgs } from "./environment-budget/environment-budget";
export { planEnvironmentBudget, type EnvironmentBudgetPlan } from "./environment-budget/plan";
export { GroupLock, type GroupLockArgs } from "./group-lock";
export { EnvironmentHours, type EnvironmentHoursArgs } from "./environment-hours/environment-hours";
export { planEnvironmentHours, type EnvironmentHoursPlan } from "./environment-hours/plan";
// What every area's components are given: whoever has no `EnvironmentGroup` writes a scope by hand.
export { nameSuffix } from "../../core/names";
export type { NameParts, Scope, Tags } from "../../core/scope";
export { MisconfiguredError } from "../../core/problems";
