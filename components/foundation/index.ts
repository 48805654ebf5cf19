export { EnvironmentGroup, type EnvironmentGroupArgs } from "./environment-group";
// What every area's components are given: whoever has no `EnvironmentGroup` writes a scope by hand.
export { nameSuffix } from "../../core/names";
export type { NameParts, Scope, Tags } from "../../core/scope";
export { MisconfiguredError } from "../../core/problems";
