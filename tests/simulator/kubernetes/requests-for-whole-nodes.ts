import { container, gpu, has, own, pod, takes, wholeNode } from "./bodies";
import { type Asked, says } from "./requests-of-teams";

const without = (name: keyof typeof wholeNode): object =>
  Object.fromEntries(Object.entries(wholeNode).filter(([it]) => it !== name));

/** Requests of a team that takes whole nodes of eight GPUs and eight adapters. */
export const forWholeNodes: readonly Asked[] = [
  ["a whole node", null, pod(own, gpu)],
  ["the same in other words", null, pod(own, has({ ...wholeNode, cpu: "1000m", memory: "1073741824" }))],
  ["a launcher beside a whole node", null, pod({ ...own, initContainers: [container({ name: "first" })] }, gpu)],
  ["a launcher on its own", null, pod({}, { resources: { limits: { cpu: "1" } } })],
  ["some GPUs of a node", says.wholeNodes, pod(own, has({ ...wholeNode, "nvidia.com/gpu": "4" }))],
  ["more GPUs than a node has", says.wholeNodes, pod(own, has({ ...wholeNode, "nvidia.com/gpu": "16" }))],
  ["all GPUs and no adapter", says.wholeNodes, pod(own, has(without("rdma/ib")))],
  ["all GPUs and one adapter", says.wholeNodes, pod(own, has({ ...wholeNode, "rdma/ib": "1" }))],
  ["adapters alone", says.wholeNodes, pod(own, takes("rdma/ib"))],
  [
    "half of a node each for two containers",
    says.wholeNodes,
    pod({
      ...own,
      containers: ["a", "b"].map((name) =>
        container({ name, ...has({ ...wholeNode, "nvidia.com/gpu": "4", "rdma/ib": "4" }) }),
      ),
    }),
  ],
  [
    "a GPU in a container of the start",
    says.wholeNodes,
    pod({ ...own, initContainers: [container({ name: "first", ...takes("nvidia.com/gpu") })] }, gpu),
  ],
  ["no CPUs", says.alike, pod(own, { resources: { limits: without("cpu") } })],
  ["no memory", says.alike, pod(own, has(without("memory")))],
  [
    "less memory than it may take",
    says.alike,
    pod(own, { resources: { requests: wholeNode, limits: { ...wholeNode, memory: "2Gi" } } }),
  ],
  [
    "fewer CPUs than it may take",
    says.alike,
    pod(own, { resources: { requests: { ...wholeNode, cpu: "500m" }, limits: wholeNode } }),
  ],
];

const fromTemplate = (resourceClaimTemplateName: string): object => ({
  resourceClaims: [{ name: "adapters", resourceClaimTemplateName }],
});
const gpus = without("rdma/ib");
const withClaim = (name: string): object => ({
  resources: { requests: gpus, limits: gpus, claims: [{ name }] },
});

/** The same where adapters are claimed, from the template of the namespace. */
export const forClaimedAdapters: readonly Asked[] = [
  ["a whole node", null, pod({ ...own, ...fromTemplate("fabric-h100") }, withClaim("adapters"))],
  ["a launcher on its own", null, pod({}, { resources: { limits: { cpu: "1" } } })],
  ["all GPUs and no adapter", says.wholeNodes, pod(own, has(gpus))],
  [
    "a claim of something else",
    says.wholeNodes,
    pod({ ...own, ...fromTemplate("compute-domain") }, withClaim("adapters")),
  ],
  [
    "a claim that the container does not have",
    says.wholeNodes,
    pod({ ...own, ...fromTemplate("fabric-h100") }, has(gpus)),
  ],
  [
    "some GPUs with all adapters",
    says.wholeNodes,
    pod(
      { ...own, ...fromTemplate("fabric-h100") },
      { resources: { limits: { ...gpus, "nvidia.com/gpu": "4" }, claims: [{ name: "adapters" }] } },
    ),
  ],
];
