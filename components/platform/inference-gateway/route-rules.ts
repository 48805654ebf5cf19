import { labels } from "../../../catalog/scheduling";
import type { AdmissionPolicy } from "../admission-policy";

/**
 * Addresses of the shared gateway that a team's routes may answer: its own. Of two routes for one address the longer path wins, and then
 * the older one, so a team could take the requests of another with the keys in them.
 * Source: https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 * @param hostName What the gateway answers as, a single name or a wildcard
 */
export function routeRules(hostName: string): AdmissionPolicy {
  const below = hostName.startsWith("*.") ? hostName.slice(1) : null;
  const [paths, hosts] = below === null ? ["/<team>/ or ", ""] : ["", `hostnames that end in -<team>${below}, or `];
  return {
    apis: { groups: ["gateway.networking.k8s.io"], versions: ["v1"] },
    resources: ["httproutes"],
    operations: ["CREATE", "UPDATE"],
    appliesTo: null,
    namespaces: [{ key: labels.tenant, operator: "Exists" }],
    variables: {
      team: `namespaceObject.metadata.labels['${labels.tenant}']`,
      // KServe puts a model below the name of its namespace, and beside that behind a header with the name in it.
      // Source: kserve/kserve:config/llmisvcconfig/config-llm-router-route.yaml (v0.20.0)
      publisher: "'publishers/' + request.namespace + '/'",
      paths: `['/' + request.namespace + '/', '/' + variables.publisher${below === null ? ", '/' + variables.team + '/'" : ""}]`,
      matches:
        "object.spec.?rules.orValue([]).size() > 0 && object.spec.rules.all(rule, rule.?matches.orValue([]).size() > 0 && " +
        "rule.matches.all(it, (it.?path.?type.orValue('PathPrefix') in ['PathPrefix', 'Exact'] && " +
        "variables.paths.exists(own, (it.?path.?value.orValue('/') + '/').startsWith(own))) || " +
        "it.?headers.orValue([]).exists(header, header.?type.orValue('Exact') == 'Exact' && " +
        "header.value.startsWith(variables.publisher))))",
      hosts:
        below === null
          ? "false"
          : "object.spec.?hostnames.orValue([]).size() > 0 && object.spec.hostnames.all(it, " +
            `!it.contains('*') && it.endsWith('-' + variables.team + '${below}'))`,
    },
    rules: [
      {
        expression: "variables.matches || variables.hosts",
        message:
          `A route must answer what is the team's own, or it would take the requests of other teams: ${hosts}paths that begin with ` +
          `${paths}/<namespace>/, by PathPrefix or Exact.`,
      },
    ],
  };
}
