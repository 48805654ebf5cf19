import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";

/** What a property's change is called in a detailed diff. */
export function diffKind(kind: "add" | "delete" | "update", replaces: boolean): PropertyDiff.Kind {
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
  if (kind === "add") return replaces ? ADD_REPLACE : ADD;
  if (kind === "delete") return replaces ? DELETE_REPLACE : DELETE;
  return replaces ? UPDATE_REPLACE : UPDATE;
}
