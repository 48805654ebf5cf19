import { read } from "../../core/property-tree";
import type { Value } from "../../core/property-value";
import { askForge, type ForgeApi, forgeRefusal } from "./ask-forge";

/** A forge that can be asked who we are. */
export interface ForgeSelf extends ForgeApi {
  /** What to ask, and where it stands in the answer. */
  readonly whoAmI: { readonly url: string; readonly body?: object; readonly at: string };
}

/**
 * Who we are, as the forge names the author of what we write. Who else writes our mark would have us fill what stays theirs to change.
 * @throws MisconfiguredError where the forge does not say it
 */
export async function myId(self: ForgeSelf): Promise<string> {
  const { url, body, at } = self.whoAmI;
  const request = { url, ...(body !== undefined && { method: "POST" as const, body }) };
  const me = idOf(read(await askForge(self, request), at));
  if (me !== "") return me;
  throw forgeRefusal(self, request, `was answered without ${at}: nobody knows what of it is ours`);
}

/** A name or a number as text; empty for anything else. */
export function idOf(value: Value | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
