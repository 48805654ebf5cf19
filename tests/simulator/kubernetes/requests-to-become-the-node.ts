import { container, pod } from "./bodies";

/** Pods that would be their node, or as good as it. No team may have one, whether a level of Pod Security or the fence says so. */
export const toBecomeTheNode: readonly (readonly [what: string, body: object])[] = [
  ["a privileged container", pod({}, { securityContext: { privileged: true } })],
  ["every capability", pod({}, { securityContext: { capabilities: { add: ["ALL"] } } })],
  [
    "the administrator's capability, in a container of the start",
    pod({
      initContainers: [container({ name: "first", securityContext: { capabilities: { add: ["SYS_ADMIN"] } } })],
    }),
  ],
  ["the network of the host", pod({ hostNetwork: true })],
  ["the processes of the host", pod({ hostPID: true })],
  ["the memory of the host", pod({ hostIPC: true })],
  ["files of the host", pod({ volumes: [{ name: "v", hostPath: { path: "/" } }] })],
  ["a port of the host", pod({}, { ports: [{ containerPort: 80, hostPort: 80 }] })],
  ["a place on a node of its choice", pod({ nodeName: "any" })],
  ["every taint", pod({ tolerations: [{ operator: "Exists" }] })],
];
