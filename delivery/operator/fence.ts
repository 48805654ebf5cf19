import { operatedNamespace } from "../../catalog/operator-accounts";
import { admissionPolicy } from "../../components/platform/admission-policy";
import type { KubernetesObject } from "../../core/kubernetes-object";
import { operatorUser, statefulSetUser } from "./names";
import type { OperatorSettings } from "./operator-settings";
import { sourceObject } from "./source-objects";
import {
  accountOf,
  fullStackName,
  graceSeconds,
  objectName,
  type OperatedStack,
  sourceRefOf,
  workspaceEnv,
} from "./stack-object";

/** Label of the namespaces that the policies below are bound to. */
const ours = [{ key: "azure-gpu-cluster/gitops", operator: "Exists" }] as const;

/** A value as CEL writes it: as JSON does, for text, numbers, lists and mappings of one kind. */
const cel = (value: unknown): string => JSON.stringify(value);

/**
 * What the API server refuses around the operator's stacks. Whoever can make a Stack acts as any account of its namespace, and by that as
 * any managed identity that may deploy: so a Stack is the one that this repository writes, in every field that says what runs and as whom.
 * Nobody is excepted, not even an administrator: they change the settings, and make these policies anew.
 */
export function fenceObjects(settings: OperatorSettings, stacks: readonly OperatedStack[]): KubernetesObject[] {
  return [
    ...Object.values(stackPolicy(settings, stacks)),
    ...Object.values(sourcePolicy(settings)),
    ...Object.values(madePolicy()),
    ...Object.values(podPolicy()),
  ];
}

/** What a Stack says of itself, by namespace and name, as text. */
function declared(
  settings: OperatorSettings,
  stacks: readonly OperatedStack[],
): Record<string, Record<string, string>> {
  const { apiVersion, kind, name } = sourceRefOf(settings);
  return Object.fromEntries(
    stacks.map((it) => [
      `${operatedNamespace(it.environment)}/${objectName(it)}`,
      {
        account: accountOf(it),
        stack: fullStackName(it.stack),
        backend: it.variables.STATE_URL,
        secrets: it.variables.SECRETS_PROVIDER,
        source: `${apiVersion} ${kind} ${name}`,
        image: settings.image,
        preview: String(it.role === "plan"),
        env: workspaceEnv(it)
          .map((one) => `${one.name}=${one.value}`)
          .join(" "),
      },
    ]),
  );
}

function stackPolicy(settings: OperatorSettings, stacks: readonly OperatedStack[]): ReturnType<typeof admissionPolicy> {
  /** Fields that must not be there, of which the API server knows every one. */
  const without = (of: string, fields: readonly string[]): string =>
    fields.map((it) => `!has(${of}.${it})`).join(" && ");
  return admissionPolicy("gitops-stacks", {
    apis: { groups: ["pulumi.com"], versions: ["v1"] },
    resources: ["stacks"],
    operations: ["CREATE", "UPDATE"],
    // An object that is being deleted only loses its finalizer.
    appliesTo: "!has(object.metadata.deletionTimestamp)",
    // In whatever namespace: elsewhere the operator would run it as well.
    namespaces: null,
    variables: {
      key: 'object.metadata.namespace + "/" + object.metadata.name',
      declared: cel(declared(settings, stacks)),
      is: `variables.key in variables.declared ? variables.declared[variables.key] : {"account": ""}`,
      known: "variables.key in variables.declared",
    },
    rules: [
      {
        expression: "variables.known",
        message: "is no stack of this repository: declare it in deploy/operator/operator.yaml and run npm run operator",
      },
      {
        expression: '!variables.known || object.spec.?serviceAccountName.orValue("") == variables.is.account',
        message: "must act as its own account: another one may deploy what this stack is not",
      },
      {
        expression:
          '!variables.known || (object.spec.stack == variables.is.stack && object.spec.?backend.orValue("") == variables.is.backend' +
          ' && object.spec.?secretsProvider.orValue("") == variables.is.secrets)',
        message: "must be the Pulumi stack, the state and the key that its environment declares",
      },
      {
        expression:
          "!variables.known || (has(object.spec.fluxSource) && object.spec.fluxSource.sourceRef.apiVersion + ' ' +" +
          " object.spec.fluxSource.sourceRef.kind + ' ' + object.spec.fluxSource.sourceRef.name == variables.is.source" +
          ' && object.spec.fluxSource.?dir.orValue("") == "." && ' +
          `${without("object.spec", ["projectRepo", "programRef", "gitAuth", "gitAuthSecret", "repoDir", "branch", "commit"])})`,
        message: "must run the verified source of its namespace: nobody signed what lies elsewhere",
      },
      {
        expression:
          "!variables.known || (object.spec.?useLocalStackOnly.orValue(false) && !object.spec.?destroyOnFinalize.orValue(false)" +
          " && string(object.spec.?preview.orValue(false)) == variables.is.preview && !has(object.spec.targets))",
        message: "must never make a stack, never destroy one, and only preview where its environment does",
      },
      {
        expression:
          "!variables.known || (" +
          [
            'object.spec.?workspaceTemplate.?spec.?image.orValue("") == variables.is.image',
            'object.spec.?workspaceTemplate.?spec.?securityProfile.orValue("") == "restricted"',
            'object.spec.?workspaceTemplate.?spec.?env.orValue([]).map(e, e.name + "=" + e.?value.orValue("")).join(" ") == variables.is.env',
            ...["envFrom", "serviceAccountName", "flux", "git", "local", "projectInfo", "stacks"].map(
              (it) => `!object.spec.?workspaceTemplate.?spec.?${it}.hasValue()`,
            ),
            without("object.spec", [
              "envs",
              "envSecrets",
              "envRefs",
              "environment",
              "secrets",
              "secretsRef",
              "config",
              "configRef",
            ]),
            "!has(object.spec.accessTokenSecret) && !has(object.spec.updateTemplate)",
          ].join(" && ") +
          ")",
        message:
          "must run in the image of this repository, restricted, with the environment that it declares and no other configuration",
      },
      {
        expression:
          "!variables.known || (" +
          [
            `object.spec.?workspaceTemplate.?spec.?podTemplate.?spec.?terminationGracePeriodSeconds.orValue(0) >= ${graceSeconds}`,
            "object.spec.?workspaceTemplate.?spec.?podTemplate.?spec.?containers.orValue([]).all(c, c.name == 'pulumi'" +
              " && !has(c.image) && !has(c.command) && !has(c.args) && !has(c.env) && !has(c.envFrom) && !has(c.volumeMounts)" +
              " && !has(c.lifecycle) && !has(c.securityContext) && !has(c.livenessProbe) && !has(c.readinessProbe) && !has(c.startupProbe))",
            ...[
              "initContainers",
              "ephemeralContainers",
              "volumes",
              "serviceAccountName",
              "serviceAccount",
              "securityContext",
              "hostNetwork",
              "hostPID",
              "hostIPC",
              "nodeName",
              "dnsConfig",
              "hostAliases",
            ].map((it) => `!object.spec.?workspaceTemplate.?spec.?podTemplate.?spec.?${it}.hasValue()`),
          ].join(" && ") +
          ")",
        message: `must run in one plain pod that is given ${graceSeconds} seconds to end: a killed update leaves a lock and unknown resources`,
      },
    ],
  });
}

/** Sources of the operator's namespaces: the one that the settings name, from there, signed. */
function sourcePolicy({ source }: OperatorSettings): ReturnType<typeof admissionPolicy> {
  const wanted = sourceObject(source, "any");
  const signed =
    source.kind === "oci"
      ? "has(object.spec.verify) && object.spec.verify.provider == 'cosign' && !has(object.spec.verify.secretRef)" +
        " && object.spec.verify.?matchOIDCIdentity.orValue([]).map(i, i.issuer + ' ' + i.subject) == " +
        cel([`${source.signedBy.issuer} ${source.signedBy.subject}`])
      : "has(object.spec.verify) && object.spec.verify.mode == 'HEAD' && object.spec.verify.secretRef.name == " +
        cel(source.signersSecret);
  return admissionPolicy("gitops-sources", {
    apis: { groups: ["source.toolkit.fluxcd.io"], versions: ["v1"] },
    resources: ["gitrepositories", "ocirepositories", "buckets", "helmcharts", "helmrepositories", "externalartifacts"],
    operations: ["CREATE", "UPDATE"],
    appliesTo: "!has(object.metadata.deletionTimestamp)",
    namespaces: [...ours],
    variables: {},
    rules: [
      {
        expression: `request.kind.kind == ${cel(wanted.kind)} && object.metadata.name == ${cel(wanted.metadata.name)}`,
        message: "is not the source of this repository: deploy/operator/operator.yaml names the one that there is",
      },
      {
        expression: `request.kind.kind != ${cel(wanted.kind)} || object.spec.url == ${cel(source.url)}`,
        message: "must come from where deploy/operator/operator.yaml says",
      },
      {
        expression: `request.kind.kind != ${cel(wanted.kind)} || (${signed})`,
        message: "must be verified by the signature that deploy/operator/operator.yaml names",
      },
    ],
  });
}

/** Workspaces, updates and what runs them are the operator's own. Programs, which carry their text in themselves, are nobody's. */
function madePolicy(): ReturnType<typeof admissionPolicy> {
  return admissionPolicy("gitops-made-by-operator", {
    apis: { groups: ["auto.pulumi.com", "pulumi.com", "apps", "batch"], versions: ["v1", "v1alpha1"] },
    resources: [
      "workspaces",
      "updates",
      "programs",
      "statefulsets",
      "deployments",
      "daemonsets",
      "replicasets",
      "jobs",
      "cronjobs",
    ],
    operations: ["CREATE", "UPDATE"],
    appliesTo: null,
    namespaces: [...ours],
    variables: {},
    rules: [
      {
        expression:
          "request.kind.kind in ['Workspace', 'Update', 'StatefulSet'] && " +
          `request.userInfo.username in [${cel(operatorUser)}, ${cel(statefulSetUser)}, "system:kube-controller-manager",` +
          ' "system:serviceaccount:kube-system:generic-garbage-collector"]',
        message: "is made by the operator alone: it would run with the rights of the accounts of this namespace",
      },
    ],
  });
}

/** Pods come from a workspace. Whoever could make one, or look into one, would have its token. */
function podPolicy(): ReturnType<typeof admissionPolicy> {
  return admissionPolicy("gitops-pods", {
    resources: ["pods", "pods/ephemeralcontainers"],
    operations: ["CREATE", "UPDATE"],
    appliesTo: `!(request.operation == "UPDATE" && request.subResource == "")`,
    namespaces: [...ours],
    variables: {},
    rules: [
      {
        expression: `request.userInfo.username in [${cel(statefulSetUser)}, "system:kube-controller-manager"]`,
        message: "comes from a workspace alone: it would have the token of a deploying account",
      },
    ],
  });
}
