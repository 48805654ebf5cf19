import { describe, expect, it } from "vitest";
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
    const { kind, resources, lines, notRead } = readManifests("pods.yaml", content);
    expect([kind, notRead]).toEqual(["manifests", []]);
    expect(resources.map(({ type, name, urn }) => [type, name, lines.get(urn)])).toEqual([
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
b: "x
`;
    expect(told(content).split("\n")).toEqual([
      "pods.yaml is misconfigured:",
      "  document 5 (line 12): must be JSON or YAML (Flow sequence in block collection must be sufficiently indented and end with a ])",
      '  document 6 (line 14): must be JSON or YAML (Missing closing "quote)',
      '  document 1 (line 1): must have an apiVersion and a kind; got {"kind":"Pod"}',
      "  document 2 (line 3): must have a metadata.name; got {}",
      "  document 4 (line 9): must not be there twice: Pod a",
    ]);
  });

  it("have objects of lists of one kind, and what has items of its own is one object", () => {
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "a" } };
    const { resources } = readManifests(
      "pods.json",
      JSON.stringify({ apiVersion: "v1", kind: "PodList", items: [pod] }),
    );
    expect(resources.map(({ type, name }) => [type, name])).toEqual([["kubernetes:core/v1:Pod", "a"]]);
    const menu = { apiVersion: "example.com/v1", kind: "Menu", metadata: { name: "m" }, items: [pod] };
    expect(readManifests("menu.json", JSON.stringify(menu)).resources.map(({ name }) => name)).toEqual(["m"]);
    expect(told(JSON.stringify({ apiVersion: "v1", kind: "ListOfPods", items: [pod] }))).toMatch(/metadata\.name/);
    expect(told(JSON.stringify({ apiVersion: "v1", kind: "List", items: "none" }))).toMatch(/metadata\.name/);
  });

  it("have no line where they stand by an alias, and are read all the same", () => {
    const content = `pods: &pods
  - { apiVersion: v1, kind: Pod, metadata: { name: a } }
apiVersion: v1
kind: List
items: *pods
`;
    const { resources, lines } = readManifests("pods.yaml", content);
    expect(resources.map(({ name }) => name)).toEqual(["a"]);
    expect([...lines]).toEqual([]);
    expect(told(content.replace("name: a", "name: 1"))).toMatch(/^ *document 1, items\.0: must have a metadata\.name/m);
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

  it("are refused where aliases grow without end", () => {
    const bomb = [
      "a: &a [x, x, x, x, x, x, x, x, x, x]",
      ...["b", "c", "d", "e"].map(
        (name, at) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${"abcd"[at] ?? ""}`).join(", ")}]`,
      ),
    ].join("\n");
    expect(told(bomb)).toContain("must be readable");
  });
});
