import type { KubernetesObject } from "../../core/kubernetes-object";
import { deployer, fluxNamespace, sourceName } from "./names";
import type { OperatorSettings } from "./operator-settings";
import { sourceObject } from "./source-objects";
import { sourceRefOf } from "./stack-object";

/** Where the objects lie that Flux keeps in the cluster, from the root of the source. */
export const keptFolder = "deploy/operator/objects/stacks";

/**
 * What an administrator makes once for Flux: its source, what it keeps from it, by an account that may make stacks and sources and nothing
 * else, and who hears of a stack that stands still.
 */
export function fluxObjects(settings: OperatorSettings): KubernetesObject[] {
  const { kind, name } = sourceRefOf(settings);
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: deployer, namespace: fluxNamespace } },
    sourceObject(settings.source, fluxNamespace),
    {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name: sourceName, namespace: fluxNamespace },
      spec: {
        ...{ interval: "10m", path: `./${keptFolder}`, sourceRef: { kind, name } },
        serviceAccountName: deployer,
        // A stack that vanishes from the source stays: a slip in Git must not take what it made out of anybody's sight.
        prune: false,
        // So that a stack that failed for good makes this fail, which Flux tells.
        wait: true,
        timeout: "9m",
        healthCheckExprs: [
          {
            apiVersion: "pulumi.com/v1",
            kind: "Stack",
            current: "status.conditions.exists(it, it.type == 'Ready' && it.status == 'True')",
            failed: "status.conditions.exists(it, it.type == 'Stalled' && it.status == 'True')",
          },
        ],
      },
    },
    ...alertObjects(settings),
  ];
}

function alertObjects({ alerts, source }: OperatorSettings): KubernetesObject[] {
  if (alerts === null) return [];
  const apiVersion = "notification.toolkit.fluxcd.io/v1beta3";
  const metadata = { name: sourceName, namespace: fluxNamespace };
  return [
    // The Secret has the address: with it anybody could write there.
    { apiVersion, kind: "Provider", metadata, spec: { type: "generic", secretRef: { name: alerts.secret } } },
    {
      ...{ apiVersion, kind: "Alert", metadata },
      spec: {
        providerRef: { name: sourceName },
        eventSeverity: "error",
        eventSources: [
          { kind: "Kustomization", name: sourceName },
          { kind: source.kind === "oci" ? "OCIRepository" : "GitRepository", name: sourceName },
        ],
      },
    },
  ];
}
