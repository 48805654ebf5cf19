import { z } from "zod";
import { versions } from "../../../catalog/versions";
import type { AddOn } from "../add-on";
import { sharedGateway } from "./shared-gateway";

/** There is nothing to choose. */
const settings = z.strictObject({});

/** The kinds of agentgateway, and the namespace of its parts. Costs nothing. */
export const inferenceGatewayKinds: AddOn<typeof settings> = {
  name: "inference-gateway-kinds",
  gives: "the kinds of agentgateway; a part of `inferenceGateway`",
  verify: "kubectl get crds agentgatewayparameters.agentgateway.dev agentgatewaypolicies.agentgateway.dev",
  // `inferenceGateway` brings it.
  wanted: null,
  needs: [],
  after: [],
  // Its pods run as no root and with no capability, and have no webhook. `inferenceGateway` opens the port of its listener.
  // Source: agentgateway/agentgateway:controller/install/helm/agentgateway and controller/pkg/helm/agentgateway, templates (v1.4.1)
  namespace: { name: sharedGateway.namespace, podSecurity: "restricted", ingressPorts: [] },
  release: { name: "agentgateway-crds", chart: versions.agentgatewayKinds, timeoutSeconds: 600 },
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents: () => ({ values: {}, crds: null, objects: null, handsOver: null }),
};
