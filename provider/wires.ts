import type { z } from "zod";
import { keysOf } from "../core/records";

/** A mapping of nothing but wires: it may be unknown as a whole, since nothing that decides is in it. */
export interface WiredObject {
  readonly path: string;
  readonly keys: readonly string[];
}

/** An input that may be known later: it connects things and decides nothing. In its path `*` stands for any key or any place of a list. */
export type Wire = string | WiredObject;

/** A mapping of nothing but wires, with the keys of its shape. */
export function wiredObject(path: string, shape: z.ZodObject): WiredObject {
  return { path, keys: keysOf(shape.shape) };
}

/** Paths of the wires, those within a mapping of them one by one. */
export function wirePaths(wires: readonly Wire[]): string[] {
  return wires.flatMap((it) => (typeof it === "string" ? it : it.keys.map((key) => `${it.path}.${key}`)));
}
