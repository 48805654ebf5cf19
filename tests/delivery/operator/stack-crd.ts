import type { Props } from "../../../core/property-value";

const text = { type: "string" };
const flag = { type: "boolean" };
const whole = { type: "integer", format: "int32" };
const long = { type: "integer", format: "int64" };
const list = (items: Props): Props => ({ type: "array", items });
const object = (properties: Props, ...required: string[]): Props => ({
  type: "object",
  properties,
  ...(required.length > 0 && { required }),
});
const anything = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
const named = (...names: string[]): Props => Object.fromEntries(names.map((it) => [it, anything]));
const texts = { type: "object", additionalProperties: text };

const container = object(
  {
    ...{ name: text, image: text, command: list(text), args: list(text), env: list(anything), envFrom: list(anything) },
    volumeMounts: list(anything),
    ...named("lifecycle", "securityContext", "livenessProbe", "readinessProbe", "startupProbe", "resources"),
  },
  "name",
);

const podSpec = object(
  {
    ...{ containers: list(container), initContainers: list(container), ephemeralContainers: list(container) },
    ...{ volumes: list(anything), hostAliases: list(anything), tolerations: list(anything) },
    ...{ serviceAccountName: text, serviceAccount: text, nodeName: text },
    ...{ hostNetwork: flag, hostPID: flag, hostIPC: flag, terminationGracePeriodSeconds: long },
    ...named("securityContext", "dnsConfig"),
  },
  "containers",
);

const workspaceSpec = object({
  ...{ image: text, securityProfile: { ...text, enum: ["baseline", "restricted"] }, serviceAccountName: text },
  env: list(object({ name: text, value: text, valueFrom: anything }, "name")),
  ...{ envFrom: list(anything), stacks: list(anything) },
  ...named("flux", "git", "local", "projectInfo"),
  resources: object({
    requests: { type: "object", additionalProperties: { "x-kubernetes-int-or-string": true } },
    limits: { type: "object", additionalProperties: { "x-kubernetes-int-or-string": true } },
  }),
  podTemplate: object({ metadata: object({ labels: texts, annotations: texts }), spec: podSpec }),
});

/**
 * The kind Stack as far as our objects and policies read it, in our own words: its CRD lies in no Go module that can be had. Other fields
 * are unknown to it, so that a misspelt one is refused. Read against pulumi/pulumi-kubernetes-operator:deploy/crds/pulumi.com_stacks.yaml
 * (v2.9.0).
 */
export const stackCrd: Props = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "stacks.pulumi.com" },
  spec: {
    group: "pulumi.com",
    scope: "Namespaced",
    names: { kind: "Stack", plural: "stacks", singular: "stack" },
    versions: [
      {
        ...{ name: "v1", served: true, storage: true, subresources: { status: {} } },
        schema: {
          openAPIV3Schema: object({
            spec: object(
              {
                ...{
                  stack: text,
                  serviceAccountName: text,
                  backend: text,
                  secretsProvider: text,
                  accessTokenSecret: text,
                },
                ...{ projectRepo: text, repoDir: text, branch: text, commit: text, gitAuthSecret: text },
                ...{ useLocalStackOnly: flag, preview: flag, refresh: flag, destroyOnFinalize: flag },
                ...{ continueResyncOnCommitMatch: flag, retryOnUpdateConflict: flag, resyncFrequencySeconds: whole },
                ...{ envs: list(text), envSecrets: list(text), environment: list(text), targets: list(text) },
                ...named("gitAuth", "envRefs", "secrets", "secretsRef", "config", "configRef", "updateTemplate"),
                programRef: object({ name: text }, "name"),
                fluxSource: object(
                  {
                    dir: text,
                    sourceRef: object({ apiVersion: text, kind: text, name: text }, "apiVersion", "kind", "name"),
                  },
                  "sourceRef",
                ),
                prerequisites: list(
                  object({ name: text, requirement: object({ succeededWithinDuration: text }) }, "name"),
                ),
                workspaceReclaimPolicy: { ...text, enum: ["Retain", "Delete"] },
                workspaceTemplate: object({ spec: workspaceSpec }),
              },
              "stack",
            ),
            status: anything,
          }),
        },
      },
    ],
  },
};
