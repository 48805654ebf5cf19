import { readFileSync } from "node:fs";
import path from "node:path";
import { main } from "@pulumi/pulumi/provider";
import { version } from "../package.json";
import { construct } from "./construct";

/** The component provider: the engine starts it, and it makes our components for a program in any language. */
void main(
  {
    version,
    getSchema: () => Promise.resolve(readFileSync(path.join(__dirname, "schema.json"), "utf8")),
    construct,
  },
  process.argv.slice(2),
);
