export { teamNamespaceName, type TeamKindName } from "./kinds/team-kinds";
export { serviceAccountName } from "./service-account";
export { planTeamNamespace, type TeamNamespacePlan, type TeamSurroundings } from "./team-namespace/plan";
export type { TeamNamespaceShape } from "./team-namespace/shape";
export { TeamNamespace, type TeamNamespaceArgs } from "./team-namespace/team-namespace";
export { blob } from "./volumes/blob";
export { lustre } from "./volumes/lustre";
export type { TeamPart, TeamVolume } from "./volumes/volume-kind";
