import { azureWords } from "../preflight/azure-words";

/** A message of the engine on one line, without what must not be printed. A type with a version in it looks like a secret. */
export function engineLine(message: string): string {
  return azureWords(
    message
      .replace(/\bkubernetes:[\w./-]+:(\w+)/g, "$1")
      .replace(/\s+/g, " ")
      .trim(),
  );
}
