import { z } from "zod";
import type { Problems } from "../../../core/problems";

/** Domain of names within a cluster, which a policy cannot name. */
export const clusterDomain = "cluster.local";

const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
// An address ends in digits, and a name in a label with a letter.
const last = "(?=[a-z0-9-]*[a-z])[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
// A wildcard has two labels behind it at least: `*.com` would be nearly all of the internet.
const plain = `${label}(\\.${label})*`;
const wild = `([a-z0-9][a-z0-9-]{0,60})?\\*(\\.${label})+`;

/**
 * Host that pods may reach, with a wildcard in its first label at most: AKS takes no others, and none that is all of the name.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/container-network-security-fqdn-filtering-concepts.md (2024-07-30, limitations;
 * its text of August 2026 names them no more)
 */
export const hostName = z
  .string()
  .regex(
    new RegExp(`^(?=.{1,253}$)(${plain}|${wild})\\.${last}$`),
    "must be the name of a host in lowercase, such as pypi.org, or with a wildcard in its first label, such as *.hf.co: no address, port, path or scheme",
  );

/** Notes hosts that cannot be opened, or are named twice. */
export function checkHosts(hosts: readonly string[], fqdnPolicies: boolean, problems: Problems): void {
  problems.require(
    hosts.length === 0 || fqdnPolicies,
    "egress",
    "cannot name hosts: the cluster's policies know no names",
    {
      got: hosts,
      remedy: "Write advancedNetworkPolicies: FQDN in the section cluster, which bills for each node, or egress: https",
    },
  );
  hosts.forEach((host, at) => {
    problems.require(
      !`.${host}`.endsWith(`.${clusterDomain}`),
      `egress[${at}]`,
      "must be outside the cluster: policies tell pods by their labels",
      { got: host, remedy: "Remove it: pods reach those of their own namespace anyway" },
    );
  });
  problems.requireDistinct("egress", hosts, "Remove one of the two");
}
