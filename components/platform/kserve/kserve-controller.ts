import { z } from "zod";
import { versions } from "../../../catalog/versions";
import type { AddOn } from "../add-on";
import { sharedGateway } from "../inference-gateway/shared-gateway";

/** Choices for KServe. */
const settings = z.strictObject({
  /**
   * Gateway, as `<namespace>/<name>`, of models that name none themselves in `spec.router.gateway.refs`. Default: that of
   * `inferenceGateway`, where it is installed. Without either such models wait for `kserve/kserve-ingress-gateway`, which nobody makes.
   */
  gateway: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
      "must be namespace and name of a Gateway, for example gateways/models",
    )
    .exactOptional(),
});

/**
 * KServe's controller for language models: it turns an LLMInferenceService into pods of vLLM, a router and a route. It writes Deployments,
 * roles and service accounts in every namespace. Models that run go on without it. Costs two small pods on general nodes.
 */
export const kServeController: AddOn<typeof settings> = {
  name: "kserve-controller",
  gives: "the controller of LLMInferenceServices, without presets; a part of `kServe`",
  verify: "kubectl --namespace kserve rollout status deployment/llmisvc-controller-manager",
  // `kServe` brings it. Alone it is for those who write presets of their own.
  wanted: null,
  // It looks once, as it starts, which kinds the cluster has, and never sees a change of those that come later.
  // Source: kserve/kserve:pkg/controller/v1alpha2/llmisvc/controller.go (v0.20.0)
  needs: ["certManager", "gatewayApi", "inferencePools", "leaderWorkerSet"],
  after: [],
  namespace: { of: "kServeKinds" },
  release: { name: "kserve-llmisvc-resources", chart: versions.kServeController, timeoutSeconds: 600 },
  // Two replicas with the request below.
  generalCpus: 0.2,
  manifest: null,
  aliases: [],
  settings,
  contents: ({ settings, installed }) => ({
    values: {
      kserve: {
        llmisvc: {
          // They belong to `inferencePools`, with the same schema.
          // Source: kserve/kserve:charts/kserve-llmisvc-resources/files/llmisvc/resources.yaml (v0.20.0)
          createGIECRDs: false,
          controller: {
            // No model can be changed while its webhook is silent, so a drained node must not take all of it away.
            replicas: 2,
            // The chart's `Always` asks the registry at each start for a tag that does not move.
            imagePullPolicy: "IfNotPresent",
            // The chart's tenth of a processor and 300 MiB are limits, too.
            resources: { requests: { cpu: "100m", memory: "300Mi" }, limits: { cpu: "1", memory: "1Gi" } },
            // Otherwise its webhook refuses that presets are deleted, and KServe could never be taken away.
            // Source: kserve/kserve:cmd/llmisvc/main.go (v0.20.0)
            env: [{ name: "PREVENT_WELL_KNOWN_CONFIG_DELETION", value: "false" }],
          },
        },
        ...gatewayOfModels(settings.gateway ?? (installed.has("inferenceGateway") ? ours : undefined)),
      },
    },
    crds: null,
    objects: null,
    handsOver: null,
  }),
};

/** The gateway that all teams share, as KServe names one. */
const ours = `${sharedGateway.namespace}/${sharedGateway.name}`;

function gatewayOfModels(gateway: string | undefined): object {
  return gateway === undefined ? {} : { controller: { gateway: { ingressGateway: { kserveGateway: gateway } } } };
}
