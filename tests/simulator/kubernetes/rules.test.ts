import { describe, expect, test } from "vitest";
import { ApiError } from "../../../simulator/kubernetes/api-errors";
import { crdsOfAks, crdsOfChart, kindsOfChart } from "../../../simulator/kubernetes/crd-sources";
import { crdsIn } from "../../../simulator/kubernetes/crds";
import { pathText, text } from "../../../core/property-tree";
import { differences, liesIn } from "../../../simulator/kubernetes/differences";
import { readKubeconfig } from "../../../simulator/kubernetes/kubeconfig";
import { liveInputs } from "../../../simulator/kubernetes/live-inputs";
import { keepsName, replaces, replacingFields, withName } from "../../../simulator/kubernetes/manifest-rules";
import { plain, redact, withSecrets } from "../../../simulator/kubernetes/plain-properties";
import { planConfigChange } from "../../../simulator/kubernetes/provider-config";
import { apiTypeOf, parseObjectId, typeProblem } from "../../../simulator/kubernetes/resource-types";
import { execKubeconfig } from "../../../components/cluster/kubeconfig";
import { versions } from "../../../catalog/versions";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: string): Record<string, string> => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("type tokens", () => {
  test.each([
    ["kubernetes:core/v1:Namespace", "v1", "Namespace"],
    ["kubernetes:apps/v1:Deployment", "apps/v1", "Deployment"],
    ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "networking.k8s.io/v1", "NetworkPolicy"],
    ["kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue", "kueue.x-k8s.io/v1beta2", "ClusterQueue"],
  ])("%s is %s %s", (token, apiVersion, kind) => expect(apiTypeOf(token)).toEqual({ apiVersion, kind }));

  test.each([
    "kubernetes:helm.sh/v4:Chart",
    "kubernetes:yaml/v2:ConfigFile",
    "kubernetes:core/v1:ConfigMapPatch",
    "kubernetes:core/v1:ConfigMapList",
    "kubernetes:core:Namespace",
    "kubernetes:apps/one:Deployment",
    "aws:core/v1:Namespace",
  ])("fails for %s", (token) => expect(() => apiTypeOf(token)).toThrow(`does not know the type '${token}'`));

  test("must agree with the inputs", () => {
    const token = "kubernetes:apps/v1:Deployment";
    expect(typeProblem(token, { apiVersion: "apps/v1", kind: "Deployment" })).toBeUndefined();
    expect(typeProblem(token, { apiVersion: "apps/v1beta1", kind: "Deployment" })).toEqual({
      property: "apiVersion",
      reason: "must be 'apps/v1' for kubernetes:apps/v1:Deployment; got 'apps/v1beta1'",
    });
  });

  test("IDs carry the namespace", () => {
    expect(parseObjectId("team/quota")).toEqual({ namespace: "team", name: "quota" });
    expect(parseObjectId("team")).toEqual({ name: "team" });
  });
});

describe("properties", () => {
  const inputs = { a: { b: secret("top"), c: [secret("x"), 1] }, d: "open" };

  test("are unwrapped, and wrapped again where they were secret", () => {
    const { value, secrets, hasUnknown } = plain(inputs);
    expect(value).toEqual({ a: { b: "top", c: ["x", 1] }, d: "open" });
    expect(hasUnknown).toBe(false);
    expect(withSecrets(value, secrets)).toEqual(inputs);
    expect(withSecrets({ d: "open" }, secrets)).toEqual({ d: "open" });
  });

  test("a value that is not known yet is seen inside a secret too", () => {
    expect(plain({ a: secret(unknown) }).hasUnknown).toBe(true);
  });

  test("secrets are taken out of messages, also in base64", () => {
    const own = plain({ data: secret("hunter2"), name: "n" });
    expect(redact("refused hunter2 and aHVudGVyMg== of n", own)).toBe("refused [secret] and [secret] of n");
  });
});

describe("differences", () => {
  test("are found as deep as possible", () => {
    const found = differences(
      { a: 1, b: { "x/y": [1, 2] }, same: { z: 1 } },
      { b: { "x/y": [1, 3, 4] }, same: { z: 1 } },
    );
    expect(found.map(({ path, kind }) => `${kind} ${pathText(path)}`)).toEqual([
      "delete a",
      'update b["x/y"][1]',
      'add b["x/y"][2]',
    ]);
  });

  test.each([
    ["spec.selector", ["spec", "selector", "matchLabels", "app"], true],
    ["spec.selector", ["spec"], true],
    ["spec.selector", ["spec", "selectors"], false],
    ["spec.rules[0].host", ["spec", "rules", 0, "host"], true],
    ["data[a]", ["data", "a"], true],
  ])("%s holds %j: %s", (field, path, expected) => expect(liesIn({ path, kind: "update" }, field)).toBe(expected));
});

describe("live inputs", () => {
  const inputs = { spec: { hard: { memory: "1024Gi", pods: "5" } }, list: [{ a: 1 }] };
  const applied = { spec: { hard: { memory: "1Ti", pods: "5" }, extra: 1 }, list: [{ a: 1, defaulted: 2 }] };

  test("stand as they are written while applying them would change nothing", () => {
    expect(liveInputs(inputs, applied, applied)).toEqual(inputs);
  });

  test("show what somebody changed, removed, and not what they added", () => {
    const live = { spec: { hard: { memory: "1Ti" }, extra: 1, added: 1 }, list: [{ a: 9, defaulted: 2 }] };
    expect(liveInputs(inputs, live, applied)).toEqual({ spec: { hard: { memory: "1024Gi" } }, list: [{ a: 9 }] });
  });

  test("show a list of another length whole", () => {
    expect(liveInputs({ list: ["a"] }, { list: ["a", "b"] }, { list: ["a"] })).toEqual({ list: ["a", "b"] });
  });
});

describe("replacement", () => {
  const inPlace = { configMaps: false, secrets: false };
  test.each([
    ["v1", "ConfigMap", ["data", "a"], true],
    ["v1", "ConfigMap", ["metadata", "labels", "a"], false],
    ["v1", "Secret", ["stringData", "a"], true],
    ["apps/v1", "Deployment", ["metadata", "name"], true],
    ["apps/v1", "Deployment", ["spec", "replicas"], false],
  ])("of %s %s when %j changes: %s", (apiVersion, kind, path, expected) => {
    expect(replaces({ path, kind: "update" }, replacingFields({ apiVersion, kind }, inPlace))).toBe(expected);
  });

  test("deletes first only when the name stays", () => {
    expect(keepsName({ metadata: { name: "a" } }, { metadata: { name: "a" } })).toBe(true);
    expect(keepsName({ metadata: { name: "a" } }, { metadata: { name: "b" } })).toBe(false);
    expect(keepsName({ metadata: { name: "a", namespace: "x" } }, { metadata: { name: "a" } })).toBe(false);
  });

  test("an object without a name gets one and keeps it", () => {
    const named = withName({ metadata: { labels: { a: "b" } } }, undefined, "settings");
    const name = text(named, "metadata.name");
    expect(name).toMatch(/^settings-[0-9a-f]{8}$/);
    expect(text(withName({ metadata: {} }, named, "settings"), "metadata.name")).toBe(name);
    expect(withName({ metadata: { name: unknown } }, undefined, "x")).toEqual({ metadata: { name: unknown } });
  });

  test("is what the API server says about fields that cannot change", () => {
    const refusal = new ApiError(422, {
      message: "field is immutable",
      reason: "Invalid",
      details: { causes: [{ reason: "FieldValueInvalid", message: "field is immutable", field: "spec.selector" }] },
    });
    expect(refusal.immutableFields).toEqual(["spec.selector"]);
    expect(new ApiError(422, { message: "must be positive" }).immutableFields).toEqual([]);
    expect(new ApiError(403, { message: "spec is immutable" }).immutableFields).toEqual([]);
  });
});

describe("the provider's own settings", () => {
  const at = (url: string): string => execKubeconfig({ url, certificateAuthority: "Y2E=" }, "azurecli");
  test.each([
    [
      "a login changes",
      { clusterIdentifier: "c", kubeconfig: at("a") },
      { clusterIdentifier: "c", kubeconfig: at("b") },
      [],
    ],
    ["the cluster changes", { clusterIdentifier: "c" }, { clusterIdentifier: "d" }, ["clusterIdentifier"]],
    ["the cluster is not known yet", { clusterIdentifier: "c" }, { clusterIdentifier: unknown }, []],
    ["the server changes without an identifier", { kubeconfig: at("a") }, { kubeconfig: at("b") }, ["kubeconfig"]],
    ["the kubeconfig is not known yet", { kubeconfig: at("a") }, { kubeconfig: unknown }, []],
    ["an identifier comes", { kubeconfig: at("a") }, { kubeconfig: at("a"), clusterIdentifier: "c" }, []],
  ])("when %s, are replaced for %4$j", (_case, olds, news, replace) => {
    expect(planConfigChange(olds, news).replace).toEqual(replace);
  });

  test("a kubeconfig that names no cluster is refused", () => {
    expect(() => readKubeconfig("a: b")).toThrow("The kubeconfig cannot be used:");
    expect(readKubeconfig(at("https://x")).user.exec?.command).toBe("kubelogin");
  });
});

describe("CRDs", () => {
  test("are those of the charts in the catalogue", () => {
    expect(crdsOfChart(versions.kueue.chart)).toEqual(["kueue"]);
    expect(crdsOfChart(versions.localCsiDriver.chart)).toEqual([]);
    expect(crdsOfChart("unheard-of")).toEqual([]);
    // Of these only what they are called is known.
    expect(crdsOfChart(versions.networkOperator.chart)).toEqual([]);
    expect(kindsOfChart(versions.networkOperator.chart).map(({ kind }) => kind)).toEqual([
      "NicClusterPolicy",
      "NicNodePolicy",
    ]);
    expect(kindsOfChart(versions.kueue.chart)).toEqual([]);
    // What AKS itself brings no chart of ours does.
    expect(crdsOfAks("cilium.io/v2")).toBe("cilium");
    expect(crdsOfAks("secrets-store.csi.x-k8s.io/v1")).toBe("secretsStoreCsiDriver");
    expect(crdsOfAks("v1")).toBeUndefined();
    expect(crdsOfAks("ray.io/v1")).toBeUndefined();
  });

  test("are picked out of YAML, without their status", () => {
    const yaml =
      "kind: CustomResourceDefinition\nspec: { conversion: {} }\n---\nkind: Kustomization\n---\nkind: CustomResourceDefinition\nspec: { versions: [] }\nstatus: {}\n---\n{ broken";
    expect(crdsIn(yaml)).toEqual([{ kind: "CustomResourceDefinition", spec: { versions: [] } }]);
  });
});
