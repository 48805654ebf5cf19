import { z } from "zod";
import { versions } from "../../../catalog/versions";
import type { AddOn } from "../add-on";
import { inferencePoolCrd } from "./inference-pool-crd";
import { modelRewriteCrd, objectiveCrd } from "./llm-d-crds";

/** There is nothing to choose. */
const settings = z.strictObject({});

/**
 * The kinds by which models are served behind one address: InferencePools of the Gateway API, and what llm-d's router knows beside them,
 * the urgency of requests and names of models. Kinds alone: the router of a model comes with the model, and the gateway with
 * `inferenceGateway`. Costs nothing.
 */
export const inferencePools: AddOn<typeof settings> = {
  name: "inference-pools",
  gives: "kinds for serving models behind a gateway: InferencePools, and those of llm-d's router",
  verify: "kubectl get crds inferencepools.inference.networking.k8s.io inferenceobjectives.llm-d.ai",
  // Asked for, until templates for serving come with it: then where a team serves models.
  wanted: null,
  needs: [],
  after: [],
  namespace: null,
  release: null,
  generalCpus: 0,
  manifest: versions.gatewayApiInferenceExtension,
  aliases: [],
  settings,
  contents: () => ({
    values: {},
    crds: {
      "inference-pools-crd": inferencePoolCrd,
      "inference-pools-objectives": objectiveCrd,
      "inference-pools-rewrites": modelRewriteCrd,
    },
    objects: null,
    handsOver: null,
  }),
};
