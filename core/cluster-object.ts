import { CustomResource, type CustomResourceOptions } from "@pulumi/pulumi";
import type { KubernetesObject } from "./kubernetes-object";

/** An object of any kind, built in or custom, with the same type as from the class that the SDK has for its kind. */
export class ClusterObject extends CustomResource {
  public constructor(name: string, object: KubernetesObject, opts: CustomResourceOptions) {
    const { apiVersion, kind } = object;
    const group = apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`;
    super(`kubernetes:${group}:${kind}`, name, object, opts);
  }
}
