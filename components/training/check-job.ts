import { priorities } from "../../catalog/priorities";
import { mountedSecret } from "../../catalog/secrets-store";
import { findVmSize } from "../../catalog/vm-sizes";
import { Problems } from "../../core/problems";
import { checkJobName } from "./job-name";
import { filesPath } from "./job-parts";
import type { JobPool, JobRequest } from "./job-request";
import { runtimes } from "./runtimes/runtimes";
import type { Runtime } from "./runtimes/runtime";

/** Bytes that an object of the cluster may hold as data. Source: https://kubernetes.io/docs/concepts/configuration/configmap/ */
const configMapBytes = 1024 * 1024;

/** Classes that jobs of teams may have. With another one the queue would not look at a job. */
const teamPriorities = priorities.filter((it) => it.forTeams).map((it) => it.name);

/**
 * The runtime of a job that can run.
 * @throws MisconfiguredError with every problem of the request
 */
export function checkJob(request: JobRequest): Runtime {
  const problems = new Problems();
  const { name, pool, maxRestarts = 0, command, image, priorityClass } = request;
  checkJobName(name, problems);
  problems.require(image !== "", "image", "must name an image");
  problems.require(command.length > 0, "command", "must name a program");
  problems.require(
    priorityClass === undefined || teamPriorities.includes(priorityClass),
    "priorityClass",
    `must be one of ${teamPriorities.join(", ")}`,
    { got: priorityClass, remedy: "Leave it out for an everyday job" },
  );
  problems.requireWhole("maxRestarts", maxRestarts, [0, 1000]);
  const runtime = Object.entries(runtimes).find(([key]) => key === request.runtime)?.[1];
  problems.require(runtime !== undefined, "runtime", `must be one of ${Object.keys(runtimes).join(", ")}`, {
    got: request.runtime,
  });
  if (checkPool(pool, problems)) checkNodes(request, runtime, problems);
  if (runtime !== undefined) checkRuntime(runtime, request, problems);
  checkFiles(request, problems);
  checkMounts(request, problems);
  problems.throwIfAny(`Job '${name}'`);
  if (runtime === undefined) throw new Error(`Job ${name}: the checks let an unknown runtime pass`);
  return runtime;
}

/** Nodes that one job of a pool may have: those of one InfiniBand domain, and none of the spare ones. */
export function mostNodesOfJob({ rdmaResource, nodePools, maxNodes, spareNodes }: JobPool): number {
  const domains = rdmaResource === null ? 1 : Math.max(1, nodePools.length);
  return Math.floor((maxNodes - spareNodes) / domains);
}

/** Notes what keeps jobs off a pool. @returns whether they can run there */
function checkPool(pool: JobPool, problems: Problems): boolean {
  const { migProfile, key, size } = pool;
  const hasGpus = (findVmSize(size, pool.figures)?.gpu ?? null) !== null;
  problems.require(hasGpus, "pool", "must be a pool of a VM size with GPUs that the catalogue knows (docs/sizes.md)", {
    got: size,
    remedy: "Use a pool of gpuPools",
  });
  problems.require(
    migProfile === null,
    "pool",
    `must be a pool of whole GPUs: jobs take whole nodes, and ${migProfile ?? ""} cuts the GPUs of this one`,
    { got: key, remedy: "Use a pool without migProfile" },
  );
  return hasGpus && migProfile === null;
}

function checkNodes(
  { pool, nodes, spareNodes = 0, runtime: name }: JobRequest,
  runtime: Runtime | undefined,
  problems: Problems,
): void {
  const least = runtime?.leastNodes ?? 1;
  const ofPool = pool.rdmaResource === null || runtime?.anywhere === true;
  const most = ofPool ? pool.maxNodes - pool.spareNodes : mostNodesOfJob(pool);
  const where = ofPool ? `pool ${pool.key}` : `one InfiniBand domain of pool ${pool.key}`;
  const range = `the nodes of ${where}${pool.spareNodes === 0 ? "" : " without its spare ones"}`;
  problems.requireWhole(
    "nodes",
    nodes,
    [least, most],
    least === 1 ? `, ${range}` : `, what ${name} starts with and ${range}`,
  );
  if (!Number.isInteger(nodes) || nodes < least || nodes > most) return;
  problems.requireWhole("spareNodes", spareNodes, [0, most - nodes], `, what ${nodes} nodes leave of ${range}`);
}

function checkRuntime({ form, ownVariables, saves }: Runtime, request: JobRequest, problems: Problems): void {
  const { runtime, env = {}, spareNodes = 0, checkpoint } = request;
  problems.require(
    !saves || checkpoint !== undefined,
    "checkpoint",
    `must be said: ${runtime} leaves its model there`,
    {
      remedy: "Name a claim of the namespace, and a path",
    },
  );
  const takesSpares = form.by === "trainer" && form.takesSpares;
  problems.require(spareNodes === 0 || takesSpares, "spareNodes", `must be 0: ${runtime} holds no nodes ready`, {
    got: spareNodes,
    remedy: "Leave it out: a free node of the domain stands in for a lost one",
  });
  for (const key of Object.keys(env)) {
    problems.require(
      /^[A-Za-z_][A-Za-z0-9_]*$/.test(key),
      "env",
      "must have names of letters, digits and underscores",
      {
        got: key,
      },
    );
    problems.require(!ownVariables.includes(key), "env", `must not have ${key}, which ${runtime} sets itself`, {
      got: key,
      remedy: "Remove it",
    });
  }
}

function checkFiles({ files = {} }: JobRequest, problems: Problems): void {
  for (const file of Object.keys(files)) {
    problems.require(
      /^[-._a-zA-Z0-9]{1,253}$/.test(file) && !/^\.{1,2}$/.test(file),
      "files",
      "must have names of letters, digits, dots, hyphens and underscores, without folders",
      { got: file },
    );
  }
  const bytes = Object.values(files).reduce((sum, it) => sum + Buffer.byteLength(it), 0);
  problems.require(bytes <= configMapBytes, "files", `must have at most ${configMapBytes} bytes together`, {
    got: bytes,
    remedy: "Put them into the image, or on a volume",
  });
}

function checkMounts({ volumes = {}, secrets = [], checkpoint, serviceAccount }: JobRequest, problems: Problems): void {
  problems.require(
    secrets.length === 0 || serviceAccount !== undefined,
    "serviceAccount",
    "must be given with secrets, which are read as its identity",
    { remedy: "Use the account that the team's identity trusts" },
  );
  problems.requireDistinct("secrets", secrets);
  const mounts = [
    ...Object.entries(volumes).map(([claim, path]) => [`volumes.${claim}`, path] as const),
    ...(checkpoint === undefined ? [] : [["checkpoint.path", checkpoint.path] as const]),
  ];
  const taken = new Set([filesPath, "/dev/shm", ...secrets.map((it) => mountedSecret(it).mount.mountPath)]);
  for (const [at, path] of mounts) {
    problems.require(/^\/[^:]+[^/:]$/.test(path), at, "must be a path from the root, without a slash at its end", {
      got: path,
    });
    problems.require(!taken.has(path), at, "must be a path where nothing else is mounted", { got: path });
    taken.add(path);
  }
}
