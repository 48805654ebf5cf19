/**
 * Whether a host is among those that a policy names. A wildcard stands for a part of one label.
 * Source: cilium/cilium:pkg/fqdn/matchpattern/matchpattern.go (v1.18.6)
 */
export function covers(hosts: readonly string[], host: string): boolean {
  return hosts.some((it) => new RegExp(`^${it.replaceAll(".", "\\.").replaceAll("*", "[a-z0-9_-]*")}$`).test(host));
}
