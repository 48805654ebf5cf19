import type { Stack } from "@pulumi/pulumi/automation";

const prefix = "azure-gpu-cluster:";

/** Keeps something short by a name, beside the state and apart from it: the next one wins. */
export function setNote(stack: Stack, name: string, text: string): Promise<void> {
  return stack.setTag(`${prefix}${name}`, text);
}

/** What was kept so, by name. */
export async function stackNotes(stack: Stack): Promise<Readonly<Record<string, string>>> {
  const own = Object.entries(await stack.listTags()).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, text]) => [key.slice(prefix.length), text]));
}
