import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { list, text } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import type { QueuedCluster } from "./queued-cluster";

const group = "visibility.kueue.x-k8s.io";
const version = "v1beta2";
const workload = {
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "Workload",
  plural: "workloads",
  namespaced: true,
  verbs: [],
} as const;

/**
 * Answers for Kueue's API of waiting jobs, which Kueue itself serves with a certificate at the root of the file system alone. The API
 * server asks it as it would ask Kueue, and lets through whom it would let through. Those that came first stand first.
 * Source: kubernetes-sigs/kueue:apis/visibility/v1beta2/types.go (v0.19.2)
 * @returns What ends it
 */
export async function servePendingWorkloads({ cluster, plane }: QueuedCluster): Promise<() => Promise<void>> {
  const certificate = (what: string): Promise<Buffer> =>
    readFile(path.join(plane.data, "certificates", `apiserver.${what}`));
  const [cert, key] = await Promise.all([certificate("crt"), certificate("key")]);
  const server = createServer({ cert, key }, (request, response) => {
    const answer = async (): Promise<Props> => {
      const [, namespace] =
        /\/namespaces\/([^/]+)\/localqueues\/default\/pendingworkloads$/.exec(request.url ?? "") ?? [];
      if (namespace === undefined)
        return { kind: "APIResourceList", apiVersion: "v1", groupVersion: `${group}/${version}`, resources: [] };
      const waiting = (await cluster.list(workload, namespace)).filter(
        (it) =>
          !list(it, "status.conditions").some(
            (condition) => text(condition, "type") === "QuotaReserved" && text(condition, "status") === "True",
          ),
      );
      const created = (it: Props): string => text(it, "metadata.creationTimestamp") ?? "";
      const items = waiting
        .sort((a, b) => created(a).localeCompare(created(b)))
        .map((it, at) => ({
          metadata: { name: text(it, "metadata.name") ?? "", namespace },
          priority: 0,
          localQueueName: "default",
          positionInClusterQueue: at,
          positionInLocalQueue: at,
        }));
      return { kind: "PendingWorkloadsSummary", apiVersion: `${group}/${version}`, metadata: {}, items };
    };
    answer().then(
      (it) => response.setHeader("Content-Type", "application/json").end(JSON.stringify(it)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const service = { name: "waiting-jobs", namespace: "kueue-system" };
  const objects = [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: service,
      spec: { type: "ExternalName", externalName: "localhost", ports: [{ port }] },
    },
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: `${version}.${group}` },
      spec: {
        group,
        version,
        service: { ...service, port },
        insecureSkipTLSVerify: true,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    },
  ];
  for (const it of objects) await cluster.apply(toProps(it), { manager: "test", force: true });
  return async () => {
    // Else nobody could delete a namespace: its kinds could not be listed.
    for (const it of objects.slice(1)) await cluster.startDelete(toProps(it));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}
