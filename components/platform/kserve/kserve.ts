import { z } from "zod";
import { versions } from "../../../catalog/versions";
import type { AddOn } from "../add-on";

/** There is nothing to choose: the gateway of models is chosen at `kServeController`. */
const settings = z.strictObject({});

/**
 * KServe for language models, whole: its kinds and its controller, which other rows have, and here the presets that a model is put together
 * from. Images of vLLM and of llm-d's router stand in the presets, and the chart has no value for them. Costs nothing beyond its controller;
 * what a model costs is its team's.
 */
export const kServe: AddOn<typeof settings> = {
  name: "kserve",
  gives: "language models as one object each: LLMInferenceServices of KServe, with their presets",
  verify:
    "kubectl --namespace kserve get llminferenceserviceconfigs; " + "kubectl get llminferenceservices --all-namespaces",
  // Asked for: its API is still an alpha.
  wanted: null,
  // The webhook of the controller looks at each preset.
  needs: ["kServeController"],
  after: [],
  // The chart writes presets into `kserve`, whatever the namespace of its release.
  // Source: kserve/kserve:charts/kserve-runtime-configs/files/llmisvcconfigs/resources.yaml (v0.20.0)
  namespace: { of: "kServeKinds" },
  release: { name: "kserve-runtime-configs", chart: versions.kServePresets, timeoutSeconds: 600 },
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents: () => ({
    // Off by default. The other half of the chart is for models that are no language models, and stays off.
    values: { kserve: { llmisvcConfigs: { enabled: true } } },
    crds: null,
    objects: null,
    handsOver: null,
  }),
};
