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
`;
    const { kind, resources, lines, notRead } = readManifests("pods.yaml", content);
    expect([kind, notRead]).toEqual(["manifests", []]);
    expect(resources.map(({ type, name, urn }) => [type, name, lines.get(urn)])).toEqual([
      ["kubernetes:core/v1:Namespace", "team", 2],
      ["kubernetes:apps/v1:Deployment", "team/web", 10],
      ["kubernetes:core/v1:Pod", "job-", 14],
      ["kubernetes:core/v1:Pod", "job-", 15],
    ]);
    expect(new Set(resources.map(({ urn }) => urn)).size).toBe(4);
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
    const message = told(content);
    for (const line of [
      "document 1 (line 1): must have an apiVersion and a kind",
      "document 2 (line 3): must have a metadata.name",
      "document 4 (line 9): must not be there twice: Pod a",
    ])
      expect(message).toContain(line);
    expect(message.match(/must be JSON or YAML/g)?.length).toBeGreaterThan(1);
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
