import { engines } from "../../../catalog/engines";
import { varnish } from "../../../catalog/varnish";
import type { KubernetesObject } from "../../../core/kubernetes-object";
import { nameSuffix } from "../../../core/names";
import { cacheProgram, controlPaths } from "./cache-program";
import { labelsOf } from "./labels";
import type { ModelServicePlan, ServerPlan } from "./plan";
import type { ResponseCachePlan } from "./response-cache";

/** Where the program of the cache is mounted. */
const program = { folder: "/etc/response-cache", file: "response-cache.vcl" } as const;

const programOf = ({ minutes }: ResponseCachePlan): string =>
  cacheProgram({ serverPort: varnish.ports.server, minutes });

const configName = ({ name }: Pick<ServerPlan, "name">): string => `${name}-response-cache`;

/**
 * What Varnish is started with. It needs no right of root, and nobody manages it.
 * Source: varnishcache/varnish-cache:doc/sphinx/reference/varnishd.rst and include/tbl/params.h (8.0, and 7.1 alike)
 */
function cacheArguments({ memoryMiB }: Pick<ResponseCachePlan, "memoryMiB">, port: number): readonly string[] {
  const parameters = {
    // Bytes go through as they are.
    http_gzip_support: "off",
    // Longer than the gateway keeps a connection that is idle, so that it never asks on one that is just being closed.
    timeout_idle: "300",
    // An answer may be written for as long.
    send_timeout: "3600",
    // Requests that come at once wait for a thread. Above 20 that wait it would close connections by itself.
    thread_queue_limit: "10000",
    // The log of requests, in memory, which somebody reads who looks for something.
    vsl_space: "16M",
  };
  return [
    "-F",
    ...["-j", "none"],
    ...["-T", "none"],
    ...["-n", varnish.folder],
    ...["-f", `${program.folder}/${program.file}`],
    ...["-a", `http=:${port}`],
    ...["-a", `control=:${varnish.ports.control}`],
    ...["-s", `answers=malloc,${memoryMiB}M`],
    ...["-s", `Transient=malloc,${varnish.passingMiB}M`],
    ...Object.entries(parameters).flatMap(([name, value]) => ["-p", `${name}=${value}`]),
  ];
}

/**
 * The cache before a server. A sidecar of Kubernetes: it is there before the server, and ends its last answers after it. Whether the server
 * is healthy the server says itself.
 */
export function cacheContainer({ gpu }: Pick<ServerPlan, "gpu">, cache: ResponseCachePlan): object {
  const { cpu, memoryGiB } = cache.resources;
  const resources = { cpu: String(cpu), memory: `${memoryGiB}Gi` };
  const { port } = engines[gpu.engine];
  const health = { httpGet: { path: controlPaths.health, port: "control" } };
  return {
    name: "response-cache",
    image: cache.image,
    restartPolicy: "Always",
    command: ["varnishd"],
    args: cacheArguments(cache, port),
    // What the C compiler puts aside.
    env: [{ name: "TMPDIR", value: varnish.folder }],
    ports: [
      { name: "http", containerPort: port },
      { name: "control", containerPort: varnish.ports.control },
    ],
    resources: { requests: resources, limits: resources },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: varnish.uid,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
    },
    // It compiles its program first. The server starts once it is there.
    startupProbe: { ...health, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 60 },
    readinessProbe: { ...health, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...health, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 6 },
    volumeMounts: [
      { name: "response-cache", mountPath: program.folder, readOnly: true },
      { name: "response-cache-work", mountPath: varnish.folder },
    ],
  };
}

/** Volumes of a pod with a cache: its program, and what it compiles of it, in memory. */
export function cacheVolumes(server: Pick<ServerPlan, "name">): readonly object[] {
  return [
    { name: "response-cache", configMap: { name: configName(server) } },
    { name: "response-cache-work", emptyDir: { medium: "Memory", sizeLimit: "128Mi" } },
  ];
}

/** Makes the pods anew when the program changes, which Varnish reads once. */
export function cacheAnnotations(cache: ResponseCachePlan): Readonly<Record<string, string>> {
  return { "azure-gpu-cluster/response-cache": nameSuffix(programOf(cache)) };
}

/** Has the kubelet tell the cache that its server starts anew: what the old one said goes with it. */
export const cacheRestartHook = {
  postStart: { httpGet: { path: controlPaths.restarted, port: varnish.ports.control } },
} as const;

/** The program of the cache. */
export function cacheObject(
  { name: model, namespace }: Pick<ModelServicePlan, "name" | "namespace">,
  server: ServerPlan,
  cache: ResponseCachePlan,
): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: configName(server), namespace, labels: labelsOf(model, server, "server") },
    data: { [program.file]: programOf(cache) },
  };
}
