import type { EngineName } from "../../../catalog/engines";
import type { Fit } from "./fit";
import type { ServerRole } from "./labels";
import type { ServerPlan } from "./plan";
import { serverPorts } from "./server-ports";
import { sglangArguments } from "./sglang-arguments";
import { tritonArguments } from "./triton-arguments";
import { type RepositoryParts, repositoryParts } from "./triton-repository";
import { vllmArguments } from "./vllm-arguments";

/** Seconds that requests get to end once a server is told to stop. */
export const drainSeconds = 240;

/** What a server is told of its place. */
export interface ServerPlace {
  /** Name that requests call the model by. */
  readonly model: string;
  /** How it spreads the model. */
  readonly fit: Fit;
  readonly role: ServerRole;
  readonly port: number;
  /** Blob container of the team. */
  readonly container: string;
  /** Memory of the container that it runs in. */
  readonly memoryGiB: number;
  readonly drainSeconds: number;
}

/** Arguments of a server of an engine. */
export type EngineArguments = (
  server: Pick<ServerPlan, "source" | "gpu" | "prefill">,
  place: ServerPlace,
) => readonly string[];

/** Those of each engine. */
const argumentsOf: Readonly<Record<EngineName, EngineArguments>> = {
  vllm: vllmArguments,
  sglang: sglangArguments,
  triton: tritonArguments,
};

/** Model repositories of the engines that have one. */
const repositories: Readonly<Partial<Record<EngineName, typeof repositoryParts>>> = { triton: repositoryParts };

/** The model repository of a server. Null: its arguments say all. */
export function repositoryOf(model: string, server: ServerPlan): RepositoryParts | null {
  return repositories[server.gpu.engine]?.(model, server) ?? null;
}

/** How a server of a role spreads its model. */
export function fitOfRole({ fit, prefill }: Pick<ServerPlan, "fit" | "prefill">, role: ServerRole): Fit {
  return role === "prefill" && prefill !== null ? prefill.fit : fit;
}

/** What the engine of a server is started with. */
export function serverArguments(
  model: string,
  server: Pick<ServerPlan, "source" | "fit" | "gpu" | "prefill" | "responseCache">,
  role: ServerRole,
  { container, memoryGiB }: Pick<ServerPlace, "container" | "memoryGiB">,
): readonly string[] {
  const { engine } = serverPorts(server, role);
  const place = { model, role, fit: fitOfRole(server, role), port: engine.containerPort, container, memoryGiB };
  return argumentsOf[server.gpu.engine](server, { ...place, drainSeconds });
}
