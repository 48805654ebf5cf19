import { teamNamespaceName } from "../components/tenancy/kinds/team-kinds";
import type { Environment } from "./environment";

/** Teams with the names of their namespaces, which tell teams of two kinds apart. */
export function teamNamespaces({
  teams,
}: Pick<Environment, "teams">): readonly (Environment["teams"][number] & { readonly namespace: string })[] {
  return teams.map((it) => ({ ...it, namespace: teamNamespaceName(it.kind, it.team) }));
}
