import { labels } from "../catalog/scheduling";
import { text } from "../core/property-tree";
import { excepting } from "../stacks/check-exceptions";
import type { Environment } from "../stacks/environment";
import type { Noted } from "./notes";

/** What its notes are made of. */
interface Fenced extends Pick<Noted, "resources"> {
  readonly environment: Pick<Environment, "layers" | "kind" | "platform">;
}

type Images = NonNullable<Environment["platform"]["teamFence"]>["images"];

/** What the fence around teams and the guard of the cluster let pass, and what of it nobody needs. */
export function fenceNotes({ environment, resources }: Fenced): string[] {
  const { layers, kind, platform } = environment;
  if (!layers.includes("platform")) return [];
  const exceptions = excepting.flatMap((section) =>
    ((platform[section] || {}).exceptions ?? []).map((it, at) => ({
      ...it,
      path: `platform.${section}.exceptions[${at}]`,
      ofTeams: section === "teamFence",
    })),
  );
  const namespaces = resources
    .filter((it) => it.type === "kubernetes:core/v1:Namespace")
    .filter(({ inputs }) => text(inputs, `metadata.labels["${labels.tenant}"]`) !== undefined)
    .map(({ inputs }) => text(inputs, "metadata.name"));
  return [
    ...exceptions.map(({ path, ofTeams, namespace, rule, reason, expires }) =>
      // Where another stack makes the teams, they are not known here.
      ofTeams && layers.includes("tenants") && !namespaces.includes(namespace)
        ? `${path}: no team has the namespace ${namespace}, so it lets nobody pass; remove it`
        : `${path}: ${namespace} is not held to the rule ${rule} until ${expires}. Reason: ${reason}`,
    ),
    ...(kind === "prod" ? openImages(platform.teamFence?.images ?? { registries: [], digests: false }) : []),
  ];
}

/** What prod does not ask of images. */
function openImages({ registries, digests }: Images): string[] {
  const open = [
    ...(registries.length === 0 ? ["from any registry (registries)"] : []),
    ...(digests ? [] : ["by tags, which may be another image tomorrow (digests)"]),
  ];
  return open.length === 0 ? [] : [`platform.teamFence.images: teams may run images ${open.join(" and ")}`];
}
