import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What Jenkins would refuse of JUnit XML, by its own schema: none where it takes all of it. */
export async function junitProblems(xml: string): Promise<readonly string[]> {
  const { XmlDocument, XmlLibError, XsdValidator } = await import("libxml2-wasm");
  using schema = XmlDocument.fromString(readFileSync(join(__dirname, "jenkins-junit.xsd"), "utf8"));
  using validator = XsdValidator.fromDoc(schema);
  try {
    using document = XmlDocument.fromString(xml);
    validator.validate(document);
    return [];
  } catch (error) {
    if (error instanceof XmlLibError) return error.details.map(({ message, line }) => `${line}: ${message.trim()}`);
    throw error;
  }
}
