import type { Props } from "../../core/property-value";
import { text } from "../../core/property-tree";
import type { CheckProblem } from "../plugin/check-response";

/** Type token of a Helm release, which is no Kubernetes kind. */
export const releaseType = "kubernetes:helm.sh/v3:Release";

/** What Kubernetes calls a type. */
export interface ApiType {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * The apiVersion and kind behind a type token. Core types say `core/v1` in their token and `v1` in the API.
 * @throws Error for a type that is no single Kubernetes object
 */
export function apiTypeOf(token: string): ApiType {
  const [provider, version = "", kind = ""] = token.split(":");
  const [group = "", revision, ...more] = version.split("/");
  const known =
    provider === "kubernetes" &&
    token.split(":").length === 3 &&
    more.length === 0 &&
    /^v\d+((alpha|beta)\d+)?$/.test(revision ?? "") &&
    group !== "helm.sh" &&
    group !== "yaml" &&
    group !== "kustomize" &&
    /^[A-Z]\w*$/.test(kind) &&
    !/(Patch|List)$/.test(kind);
  if (!known) {
    throw new Error(
      `The Kubernetes stand-in does not know the type '${token}'. It knows single objects, such as ` +
        "kubernetes:apps/v1:Deployment, and kubernetes:helm.sh/v3:Release.",
    );
  }
  return { apiVersion: group === "core" ? (revision ?? "") : version, kind };
}

/** Whether inputs agree with their type token about what they are; the message says how they do not. */
export function typeProblem(token: string, inputs: Props): CheckProblem | undefined {
  const type = apiTypeOf(token);
  for (const property of ["apiVersion", "kind"] as const) {
    const got = text(inputs, property);
    if (got !== type[property]) {
      return { property, reason: `must be '${type[property]}' for ${token}; got '${got ?? "nothing"}'` };
    }
  }
  return undefined;
}

/** ID of an object in Pulumi's state: `namespace/name`, or `name` outside namespaces. */
export function objectId(object: Props): string {
  const namespace = text(object, "metadata.namespace");
  const name = text(object, "metadata.name") ?? "";
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Takes an ID apart again. */
export function parseObjectId(id: string): { namespace?: string; name: string } {
  const [first = "", second] = id.split("/");
  return second === undefined ? { name: first } : { namespace: first, name: second };
}
