/** A public registry, as far as the artifact cache of a container registry knows it. */
interface Upstream {
  readonly host: string;
  /** Null where Azure pulls for us without a name and a password; else why it does not. */
  readonly refusal: string | null;
}

const withPassword = "Azure caches it only with a user name and a password, and nothing here has one";
const unknown = "the artifact cache of Azure does not know it";

/**
 * Registries that images come from, by their host.
 * Source: MicrosoftDocs/azure-management-docs:articles/container-registry/artifact-cache-overview.md (2025-05-12)
 */
export const registryUpstreams: readonly Upstream[] = [
  { host: "mcr.microsoft.com", refusal: null },
  { host: "quay.io", refusal: null },
  { host: "ghcr.io", refusal: null },
  { host: "registry.k8s.io", refusal: null },
  { host: "docker.io", refusal: withPassword },
  { host: "nvcr.io", refusal: unknown },
];

/** Hosts that are cached without anything to sign in with. */
export const cacheableHosts: readonly string[] = registryUpstreams.flatMap((it) =>
  it.refusal === null ? [it.host] : [],
);
