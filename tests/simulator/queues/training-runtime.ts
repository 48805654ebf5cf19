import type { Props } from "../../../core/property-value";
import { type Gang, podTemplate } from "../../../simulator/kubernetes/scheduling/gang";

/**
 * What a platform team would write for TrainJobs: one kind of node, each a pod that takes it whole, all in one place.
 * Source: kubeflow/trainer:manifests/base/runtimes/torch_distributed.yaml (v2.3.0), for the names that Trainer looks for
 */
export function trainingRuntime(name: string, gang: Gang): Props {
  const spec = { backoffLimit: 0, template: podTemplate(gang, "Never") };
  const template = { metadata: { labels: { "trainer.kubeflow.org/trainjob-ancestor-step": "trainer" } }, spec };
  return {
    apiVersion: "trainer.kubeflow.org/v1alpha1",
    kind: "TrainingRuntime",
    metadata: { name, namespace: gang.namespace },
    spec: {
      mlPolicy: { numNodes: 1, torch: {} },
      template: { spec: { replicatedJobs: [{ name: "node", template }] } },
    },
  };
}
