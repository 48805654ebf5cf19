import { z } from "zod";
import { versions } from "../../../catalog/versions";
import type { AddOn } from "../add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/**
 * The kinds of KServe for language models, and the namespace of its parts. Taking it away takes every LLMInferenceService of the cluster
 * with it. Costs nothing by itself; the API server holds two megabytes of schema for each of two kinds.
 */
export const kServeKinds: AddOn<typeof settings> = {
  name: "kserve-kinds",
  gives: "the kinds of KServe for language models; a part of `kServe`",
  verify: "kubectl get crds llminferenceservices.serving.kserve.io llminferenceserviceconfigs.serving.kserve.io",
  // The other parts bring it.
  wanted: null,
  needs: [],
  after: [],
  // Versions of a kind are converted by a service of the namespace `kserve`, a name that the chart does not let anybody change. All parts
  // need this one, so that none is left in a namespace that goes. The pod of the controller is as strict as the strictest level asks.
  // The API server asks webhook and conversion on the service's target port.
  // Source: kserve/kserve:charts/kserve-llmisvc-crd/templates, charts/kserve-llmisvc-resources values.yaml and
  // files/llmisvc/deployment-patch.yaml (v0.20.0)
  namespace: { name: "kserve", podSecurity: "restricted", ingressPorts: [9443] },
  release: { name: "kserve-llmisvc-crd", chart: versions.kServeKinds, timeoutSeconds: 600 },
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents: () => ({ values: {}, crds: null, objects: null, handsOver: null }),
};
