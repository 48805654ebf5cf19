import type { EngineRow } from "./engine-row";
import { sglang } from "./sglang";
import { triton } from "./triton";
import { vllm } from "./vllm";

const rows = { vllm, sglang, triton } as const satisfies Readonly<Record<string, EngineRow>>;

/** Name of a program that serves models. */
export type EngineName = keyof typeof rows;

/** Programs that serve models, by the word that a stack file says. */
export const engines: Readonly<Record<EngineName, EngineRow>> = rows;
