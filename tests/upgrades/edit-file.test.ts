import { expect, it } from "vitest";
import { editFile } from "../../upgrades/edit-file";

const text = `# why
config:
  azure-gpu-cluster:environment:
    kind: dev # said here
  azure-gpu-cluster:gpuPools:
    # the large ones
    h100: { size: A, maxNodes: 4 }
    a10: { size: B, maxNodes: 2, kubernetesVersion: "1.36" }
  cluster:
    kubernetesVersion: "1.36"
`;

it("changes the lines that are meant and keeps comments, order and flow", () => {
  const edits = [
    { path: ["environment", "versions"], value: "2026.12" },
    { path: ["gpuPools", "h100", "kubernetesVersion"], value: "1.36" },
    { path: ["gpuPools", "a10", "kubernetesVersion"], value: null },
    { path: ["cluster", "kubernetesVersion"], value: "1.37" },
  ];
  expect(editFile(text, edits, "azure-gpu-cluster")).toBe(`# why
config:
  azure-gpu-cluster:environment:
    kind: dev # said here
    versions: "2026.12"
  azure-gpu-cluster:gpuPools:
    # the large ones
    h100: { size: A, maxNodes: 4, kubernetesVersion: "1.36" }
    a10: { size: B, maxNodes: 2 }
  cluster:
    kubernetesVersion: "1.37"
`);
});
