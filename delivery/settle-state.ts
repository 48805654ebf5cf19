import { z } from "zod";
import { armId } from "../azure/arm-id";
import { isAzureNative } from "../azure/arm-types";
import { read, text } from "../core/property-tree";
import { toProps, type Props } from "../core/property-value";
import type { PendingOperation } from "./pending-operations";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  provider: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
});

const state = z.looseObject({
  resources: z.array(resource).default([]),
  pending_operations: z.array(z.looseObject({ type: z.string(), resource })).default([]),
});

type Resource = z.infer<typeof resource>;

/** A state in which nothing is pending, and what only Azure or the cluster can say. */
export interface Settled {
  readonly state: object;
  /** URNs that a refresh has to look at: what is not there goes from the state again. */
  readonly targets: readonly string[];
  /** Operations that cannot be settled so: nobody can tell the ID that the resource would have. */
  readonly left: readonly PendingOperation[];
}

/**
 * Settles operations of which the engine never heard the end. What was being made is entered under the ID that it has if it was made, so that a
 * refresh of it answers whether it was. `pulumi refresh --import-pending-creates` is no way: it takes the operation away and enters nothing.
 * Source: pulumi/pulumi:pkg/cmd/pulumi/operations/refresh.go marks it as importing, which pkg/resource/deploy never reads (3.246.0).
 */
export function settleState(deployment: unknown): Settled {
  const { resources, pending_operations: pending, ...rest } = state.parse(deployment);
  const known = new Set(resources.map(({ urn }) => urn));
  const entered: Resource[] = [];
  const left: PendingOperation[] = [];
  const targets = new Set<string>();
  for (const it of pending) {
    const { urn } = it.resource;
    if (it.type !== "creating") {
      if (known.has(urn)) targets.add(urn);
      continue;
    }
    // Its old self is there, too: which of both has the ID, only a person can say.
    const id = known.has(urn) ? undefined : idOf(it.resource, resources);
    if (id === undefined) left.push({ operation: it.type, urn });
    else {
      // Until somebody asked whether it is there, an update writes it again.
      entered.push({ ...it.resource, id, initErrors: ["nobody has asked yet whether it was made"] });
      targets.add(urn);
    }
  }
  return {
    state: { ...rest, resources: [...resources, ...entered] },
    targets: [...targets],
    left,
  };
}

/** The ID that a resource has once it is made; `undefined` where its inputs do not say. */
function idOf({ type, inputs, provider }: Resource, all: readonly Resource[]): string | undefined {
  const props = toProps(inputs);
  if (type.startsWith("kubernetes:")) return objectId(type, props);
  const subscription = isAzureNative(type) ? subscriptionOf(provider, all) : undefined;
  if (subscription === undefined) return undefined;
  try {
    return armId(type, props, subscription);
  } catch {
    return undefined;
  }
}

/** The subscription of a provider: its own, or that of something which it made. */
function subscriptionOf(reference: string | undefined, all: readonly Resource[]): string | undefined {
  const provider = all.find(({ urn, id }) => reference === `${urn}::${id ?? ""}`);
  const named = text(toProps(provider?.inputs ?? {}), "subscriptionId");
  const made = all.filter((it) => it.provider === reference).map(({ id = "" }) => /^\/subscriptions\/([^/]+)/.exec(id));
  return named ?? made.find((it) => it !== null)?.[1];
}

/** Source: pulumi/pulumi-kubernetes:provider/pkg/provider/util.go (FqObjName) and helm_release.go (fqName) */
function objectId(type: string, inputs: Props): string | undefined {
  const of = type.startsWith("kubernetes:helm.sh/") ? inputs : read(inputs, "metadata");
  const [name, namespace] = [text(of, "name"), text(of, "namespace")];
  return name === undefined || namespace === undefined ? name : `${namespace}/${name}`;
}
