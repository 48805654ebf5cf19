import { z } from "zod";
import { versions } from "../../catalog/versions";
import type { AddOn } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/** The chart asks for nothing, and a pod that asks for nothing is the first to go from a full node. */
const resources = { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "1Gi" } } as const;

/**
 * cert-manager: certificates for the webhooks of other add-ons, made and renewed in the cluster. It brings no issuer of its own. Costs
 * four small pods on general nodes.
 */
export const certManager: AddOn<typeof settings> = {
  name: "cert-manager",
  gives: "certificates for webhooks, made and renewed in the cluster; it brings no issuer",
  verify:
    "kubectl --namespace cert-manager rollout status deployment/cert-manager-webhook; " +
    "kubectl get certificates --all-namespaces",
  // Asked for, or brought by an add-on that needs certificates.
  wanted: null,
  needs: [],
  after: [],
  // Its pods run as no root, with no capability and the runtime's seccomp profile.
  // The API server asks its webhook on `webhook.securePort`.
  // Source: cert-manager/cert-manager:deploy/charts/cert-manager values.yaml and templates/webhook-deployment.yaml (v1.21.1)
  namespace: { name: "cert-manager", podSecurity: "restricted", ingressPorts: [10250] },
  release: { name: "cert-manager", chart: versions.certManager, timeoutSeconds: 600 },
  // Two replicas of the webhook, one of each of the others, with the request above.
  generalCpus: 0.2,
  manifest: null,
  aliases: [],
  settings,
  contents: () => ({
    values: {
      crds: {
        enabled: true,
        // With them would go every certificate of the cluster, also of those who do not know this add-on.
        keep: true,
      },
      // The chart's own is kube-system, where nothing of the platform has anything to do.
      global: { leaderElection: { namespace: "cert-manager" } },
      resources,
      cainjector: { resources },
      webhook: {
        // No certificate can be asked for while it is silent, so a drained node must not take all of it away.
        replicaCount: 2,
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
        resources,
      },
      // The release counts as installed once the API server got an answer of the webhook.
      startupapicheck: { enabled: true, resources },
    },
    crds: null,
    objects: null,
    handsOver: null,
  }),
};
