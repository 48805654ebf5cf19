import { unpackagedComponents } from "../provider/components";
import { markdownTable } from "./markdown-table";

/** What of the package's schema is shown of a component. */
interface Schema {
  readonly resources: Readonly<Record<string, { readonly description: string }>>;
}

/**
 * The components that other languages have, and those that they do not.
 * @param schema The package's schema as text, which has what the classes say of themselves.
 */
export function packagesTable(schema: string): string {
  const { resources } = JSON.parse(schema) as Schema;
  const packaged = Object.entries(resources).map(([type, { description }]) => [
    `\`${type}\``,
    firstSentence(description),
  ]);
  const others = Object.entries(unpackagedComponents).map(([type, why]) => [`\`${type}\``, why]);
  return `${markdownTable(["Type", "Is"], packaged)}\n\nNot there:\n\n${markdownTable(["Type", "Why, and what instead"], others)}`;
}

function firstSentence(text: string): string {
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
}
