import type { Input } from "@pulumi/pulumi";

/** A value whose named properties may be known later: they connect things and decide nothing. */
export type Wired<T, K extends keyof T> = Readonly<Omit<T, K>> & { readonly [P in K]: Input<T[P]> };
