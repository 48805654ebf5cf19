import { labels, servingWorkload } from "../../../catalog/scheduling";
import { versions } from "../../../catalog/versions";
import { parseCidr } from "../../../core/cidr";
import type { Problems } from "../../../core/problems";
import type { AddOn } from "../add-on";
import { admissionPolicy } from "../admission-policy";
import { gatewayObjects } from "./gateway-objects";
import { type InferenceGatewaySettings, inferenceGatewaySettings as settings } from "./settings";
import { routeRules } from "./route-rules";
import { sharedGateway } from "./shared-gateway";

/**
 * agentgateway, and one Gateway of it that all inference teams share: a load balancer, TLS, and routes of their namespaces to InferencePools
 * and services. It speaks TLS with the endpoint picker of a pool and does not check its certificate. Its controller reads secrets of every
 * namespace. Costs four small pods on general nodes and a load balancer of Azure.
 */
export const inferenceGateway: AddOn<typeof settings> = {
  name: "inference-gateway",
  gives: "one gateway for the models of all inference teams, `inference-gateway/models`, which knows InferencePools",
  verify: "kubectl --namespace inference-gateway get gateways,services,pods; kubectl get httproutes --all-namespaces",
  // Asked for: it opens a way to models, under a name that only its owner knows.
  wanted: null,
  needs: ["gatewayApi", "inferencePools"],
  // Makes its certificate, where an issuer was chosen.
  after: ["certManager"],
  namespace: { of: "inferenceGatewayKinds" },
  release: { name: "agentgateway", chart: versions.agentgateway, timeoutSeconds: 600 },
  // Two replicas of the controller with 100m, and two of the gateway with 500m.
  generalCpus: 1.2,
  manifest: null,
  aliases: [],
  settings,
  contents({ settings: chosen, installed }, problems) {
    checkTls(chosen, installed, problems);
    checkSources(chosen, problems);
    const modelGateway = { ...sharedGateway, hostName: chosen.hostName };
    const objects = {
      ...gatewayObjects(chosen),
      ...admissionPolicy("inference-gateway-routes", routeRules(chosen.hostName)),
    };
    return { values, crds: null, objects, handsOver: { modelGateway } };
  },
};

const values = {
  inferenceExtension: { enabled: true },
  // Routes and services elsewhere are none of its business.
  discoveryNamespaceSelectors: [
    { matchLabels: { [labels.workload]: servingWorkload } },
    { matchLabels: { "kubernetes.io/metadata.name": sharedGateway.namespace } },
  ],
  controller: {
    // Pods of the gateway that start have no configuration while it is silent, so a drained node must not take all of it away.
    replicaCount: 2,
    podDisruptionBudget: { minAvailable: 1 },
  },
  // The chart sets none, and the pod is then no restricted one.
  podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
  // The chart has no limits, of which the program takes its numbers of threads and of memory: those of the whole node.
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2", memory: "1Gi" } },
};

function checkTls(
  { tls, exposure }: InferenceGatewaySettings,
  installed: ReadonlySet<string>,
  problems: Problems,
): void {
  const said = Object.keys(tls);
  problems.require(said.length === 1, "tls", "must have one of issuer, secret and off", {
    got: said.length === 0 ? "none of them" : said.join(", "),
    remedy: "For example tls: { issuer: <ClusterIssuer> }",
  });
  problems.require(
    tls.issuer === undefined || installed.has("certManager"),
    "tls.issuer",
    "needs certManager, which makes the certificate and renews it",
    { remedy: "Write certManager: {} beside it, or tls: { secret: <name> } for a certificate of your own" },
  );
  problems.require(tls.off === undefined || exposure === "internal", "tls.off", "is not possible on a public address", {
    got: true,
    remedy: "Write tls: { issuer: <ClusterIssuer> }, or exposure: internal",
  });
}

function checkSources({ exposure, allowedSources }: InferenceGatewaySettings, problems: Problems): void {
  problems.require(
    exposure === "internal" || allowedSources !== undefined,
    "allowedSources",
    "must be there with exposure: public, which would answer the whole internet without it",
    { remedy: "For example allowedSources: [203.0.113.0/24], or exposure: internal" },
  );
  for (const [at, text] of (allowedSources ?? []).entries()) {
    const range = parseCidr(text);
    problems.require(
      range !== undefined && range.prefixLength > 0,
      `allowedSources[${at}]`,
      "must be an IPv4 range with all host bits zero, and not all of the internet",
      { got: text, remedy: "For example 203.0.113.0/24, or 203.0.113.7/32 for one address" },
    );
  }
}
