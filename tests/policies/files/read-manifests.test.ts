import { describe, expect, it, vi } from "vitest";
import { MisconfiguredError } from "../../../core/problems";
import { readManifests } from "../../../policies/files/read-manifests";

function told(content: string): string {
  try {
    readManifests("pods.yaml", content);
    return "";
  } catch (error) {
    return error instanceof MisconfiguredError ? error.message : `a bug: ${String(error)}`;
  }
}

const nameless = (metadata: string): string => `{ apiVersion: v1, kind: Secret, metadata: ${metadata} }`;

describe("manifests", () => {
  it("are the objects of all documents and of lists in them, with the lines where they begin", () => {
    const content = `# first
apiVersion: v1
kind: Namespace
metadata: { name: team }
---
---
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web, namespace: team }
    spec: { replicas: 2 }
  - { apiVersion: v1, kind: Pod, metadata: { generateName: job- } }
  - { apiVersion: v1, kind: Pod, metadata: { generateName: job- } }
  - { apiVersion: v1, kind: Pod, metadata: { generateName: job- } }
`;
    const { kind, resources, lineOf, notRead } = readManifests("pods.yaml", content);
    expect([kind, notRead]).toEqual(["manifests", []]);
    expect(resources.map(({ type, name, urn }) => [type, name, lineOf(urn, "")])).toEqual([
      ["kubernetes:core/v1:Namespace", "team", 2],
      ["kubernetes:apps/v1:Deployment", "team/web", 10],
      ["kubernetes:core/v1:Pod", "job-", 14],
      ["kubernetes:core/v1:Pod", "job-", 15],
      ["kubernetes:core/v1:Pod", "job-", 16],
    ]);
    expect(resources.map(({ urn }) => urn)).toEqual([
      "urn:pulumi:files::manifests::kubernetes:core/v1:Namespace::team",
      "urn:pulumi:files::manifests::kubernetes:apps/v1:Deployment::team/web",
      "urn:pulumi:files::manifests::kubernetes:core/v1:Pod::job-",
      "urn:pulumi:files::manifests::kubernetes:core/v1:Pod::job--2",
      "urn:pulumi:files::manifests::kubernetes:core/v1:Pod::job--3",
    ]);
    expect(resources[1]?.inputs).toMatchObject({ apiVersion: "apps/v1", spec: { replicas: 2 } });
  });

  it("are refused with everything that is wrong at once", () => {
    const content = `kind: Pod
---
apiVersion: v1
kind: Pod
metadata: {}
---
{ apiVersion: v1, kind: Pod, metadata: { name: a } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: a } }
---
a: [1
---
kind: Pod
---
b: "x
`;
    expect(told(content).split("\n")).toEqual([
      "pods.yaml is misconfigured:",
      "  document 1 (line 1): must have an apiVersion and a kind; got { kind }",
      "  document 2 (line 3): must have a metadata.name; got {}",
      "  document 4 (line 9): must not be there twice: Pod a",
      "  document 5 (line 12): is broken in column 1: the lines of one list or mapping start at different columns. Align them",
      "  document 6 (line 13): must have an apiVersion and a kind; got { kind }",
      "  document 7 (line 16): is broken in column 1: a quote, bracket, comma, colon or space is missing. Add it, or put text that holds : # { } [ ] , & * ! | > % @ or quotes in quotes",
    ]);
  });

  it("have objects of lists of one kind, and what has items of its own is one object", () => {
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "a" } };
    const { resources } = readManifests(
      "pods.json",
      JSON.stringify({ apiVersion: "v1", kind: "PodList", items: [pod] }),
    );
    expect(resources.map(({ type, name }) => [type, name])).toEqual([["kubernetes:core/v1:Pod", "a"]]);
    const short = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleList", items: [{ metadata: pod.metadata }] };
    const [role] = readManifests("roles.json", JSON.stringify(short)).resources;
    expect([role?.type, role?.inputs["kind"]]).toEqual(["kubernetes:rbac.authorization.k8s.io/v1:Role", "Role"]);
    const bare = { apiVersion: "v1", kind: "List", items: [{ metadata: pod.metadata }] };
    expect(told(JSON.stringify(bare))).toMatch(/must have an apiVersion and a kind; got \{ metadata \}/);
    const menu = { apiVersion: "example.com/v1", kind: "Menu", metadata: { name: "m" }, items: [pod] };
    expect(readManifests("menu.json", JSON.stringify(menu)).resources.map(({ name }) => name)).toEqual(["m"]);
    expect(told(JSON.stringify({ apiVersion: "v1", kind: "ListOfPods", items: [pod] }))).toMatch(/metadata\.name/);
    expect(told(JSON.stringify({ apiVersion: "v1", kind: "List", items: "none" }))).toMatch(/metadata\.name/);
  });

  it("have the line of each field, in whatever order it is asked for, and of what is above an absent one", () => {
    const content = `# a comment
---
apiVersion: v1
kind: Pod
metadata:
  name: a
  annotations:
    team.io/cost-centre: x
spec:
  containers:
    - name: main

      image: one
      resources: { limits: { nvidia.com/gpu: 8 } }
    - name: aside
---
{ "apiVersion": "v1", "kind": "PodList", "items": [
  { "metadata": { "name": "b" },
    "spec": { "containers": [] } },
  { "metadata": { "name": "c" },
    "spec": { "containers": [
      { "image": "two" } ] } } ] }
`;
    const { lineOf } = readManifests("pods.yaml", content);
    const lines = (name: string, ...paths: readonly string[]): unknown[] =>
      paths.map((it) => lineOf(`urn:pulumi:files::manifests::kubernetes:core/v1:Pod::${name}`, it));
    const first = ["", "spec.containers[0].image", "spec.containers[1].image", "spec.containers[2].image"];
    expect(lines("a", ...first)).toEqual([3, 13, 15, 10]);
    expect(lines("c", "spec.containers[0].image", "spec.tolerations", "opts.protect")).toEqual([22, 21, 20]);
    const last = [`metadata.annotations["team.io/cost-centre"]`, `metadata.annotations["other.io/x"]`];
    expect(lines("a", ...last, `spec.containers[0].resources.limits["nvidia.com/gpu"]`)).toEqual([8, 7, 14]);
    expect(lines("b", "spec.containers[0].image")).toEqual([19]);
    expect(lines("d", "")).toEqual([undefined]);
  });

  it("have the line that they are written on where they stand by an alias", () => {
    const content = `pods: &pods
  - { apiVersion: v1, kind: Pod, metadata: { name: a } }
apiVersion: v1
kind: List
items: *pods
`;
    const { resources, lineOf } = readManifests("pods.yaml", content);
    expect(resources.map(({ name, urn }) => [name, lineOf(urn, "metadata")])).toEqual([["a", 2]]);
    expect(told(content.replace("name: a", "name: 1"))).toMatch(
      /^ *document 1, items\.0 \(line 2\): must have a metadata\.name/m,
    );
  });

  it("say where in a list something is wrong", () => {
    const content = `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Pod, metadata: { name: a } }
  - { apiVersion: v1, kind: 7 }
`;
    expect(told(content)).toMatch(/^ *document 1, items\.1 \(line 5\): must have an apiVersion and a kind; got /m);
  });

  it("mean what they mean to kubectl: YAML 1.1, with merges", () => {
    const content = `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: team }
privileged: &privileged { privileged: yes }
spec:
  hostNetwork: on
  quoted: "yes"
  mode: 0444
  newMode: 0o444
  since: 2026-01-01
  time: 22:22
  containers:
    - { name: main, securityContext: { <<: *privileged, runAsNonRoot: off } }
`;
    expect(readManifests("pods.yaml", content).resources[0]?.inputs["spec"]).toEqual({
      hostNetwork: true,
      quoted: "yes",
      mode: 292,
      newMode: 292,
      since: "2026-01-01",
      time: "22:22",
      containers: [{ name: "main", securityContext: { privileged: true, runAsNonRoot: false } }],
    });
    const odd = content.replace("namespace: team", "namespace: n");
    expect(told(odd)).toMatch(/^ *document 1 \(line 1\): must have a text as its metadata\.namespace.*; got false$/m);
  });

  it("never show what stands in them, and say what to do of what is not rendered", () => {
    const secrets =
      "apiVersion: v1\nmetadata: { name: a }\ndata: { pass: s3cr3t }\n---\n- s3cr3t\nmore\nkey: s3cr3t\n - y\n";
    expect(told(secrets)).not.toContain("s3cr3t");
    for (const odd of [
      "s3cr3t",
      "[{ kind: Secret, data: { pass: s3cr3t } }]",
      nameless("{ annotations: { a: s3cr3t } }"),
    ])
      expect(told(odd)).toMatch(/; got (a text|a list of 1|\{ annotations \})(\. Plans .+)?$/m);
    expect(told(JSON.stringify(Object.fromEntries(Array.from("abcdefghijk", (it) => [it, "s3cr3t"]))))).toMatch(
      /; got \{ a, b, c, d, e, f, g, h and 3 more \}$/m,
    );
    expect(told(secrets)).toContain("must have an apiVersion and a kind; got { apiVersion, metadata, data }");
    expect(told("apiVersion: v1\nname: {{ .Values.name }}\n").split("\n").slice(1)).toEqual([
      "  document 1 (line 2): is broken in column 8: a key must be text. Of a chart, give what helm template prints",
    ]);
    expect(told("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n")).toContain(
      "must be an object of the cluster; got Kustomization. Give what kubectl kustomize prints of its folder",
    );
  });

  it("print nothing themselves", () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    told("apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: !Ref x\n? { a: 1 }\n: b\n");
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it("are refused where they are nested without end", () => {
    expect(told(`apiVersion: v1\nspec: ${"[".repeat(20_000)}${"]".repeat(20_000)}`)).toMatch(
      /^ *document 1 \(line 2\): is broken in column \d+: is nested too deep\. Write it flatter$/m,
    );
  });

  it("are refused where aliases grow without end", () => {
    const bomb = [
      "a: &a [x, x, x, x, x, x, x, x, x, x]",
      ...["b", "c", "d", "e"].map(
        (name, at) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${"abcd"[at] ?? ""}`).join(", ")}]`,
      ),
    ].join("\n");
    expect(told(`kind: Pod\n---\n${bomb}`)).toMatch(
      /^ *document 2 \(line 2\): must not have aliases that stand for more than can be read: .+ Write the values out instead/m,
    );
  });
});
