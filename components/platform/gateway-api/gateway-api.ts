import { z } from "zod";
import { versions } from "../../../catalog/versions";
import type { AddOn } from "../add-on";
import { gatewayApiKinds } from "./kinds";

/** There is nothing to choose. */
const settings = z.strictObject({});

/**
 * The kinds of the Gateway API, of its standard channel: Gateways, and the routes that lead from them to services. Kinds alone: what
 * answers is a gateway such as `inferenceGateway`. Taking it away takes every Gateway and every route of the cluster with it. Costs nothing.
 */
export const gatewayApi: AddOn<typeof settings> = {
  name: "gateway-api",
  gives: "the kinds of the Gateway API: Gateways, HTTPRoutes and the rest of its standard channel",
  verify:
    "kubectl get crd gateways.gateway.networking.k8s.io " +
    "--output 'jsonpath={.metadata.annotations.gateway\\.networking\\.k8s\\.io/bundle-version}'",
  // Gateways and what routes to models bring it.
  wanted: null,
  needs: [],
  after: [],
  namespace: null,
  release: null,
  generalCpus: 0,
  manifest: versions.gatewayApi,
  aliases: [],
  settings,
  contents: () => ({ values: {}, crds: gatewayApiKinds(), objects: null, handsOver: null }),
};
