import path from "node:path";
import { buildSite } from "../site/build-site";
import { outputFolder } from "./output-folder";
import { readOptions } from "./read-options";
import { argumentError, runCommand } from "./run-command";

const help = `Builds the site: every Markdown page of the repository as a folder of HTML, with a menu and a search.

  npm run site -- [--to FOLDER]

  --to FOLDER     where to: a new folder, an empty one, or a site that is replaced; public if none is named
  --help          print this text

Open index.html of the folder, or put the folder on any web server: nothing in it asks another server. A link that leads nowhere is an error.
Exit code: 0 built, 2 bad input
`;

/** Writes the site, and says how much it is. */
export function main(args: readonly string[]): Promise<number> {
  const command = readArguments(args);
  if (command === "help") {
    process.stdout.write(help);
    return Promise.resolve(0);
  }
  const { to } = command;
  // GitHub Pages asks for the file by which a site is known: site/build-site.ts.
  const write = outputFolder("--to", to, {
    what: "a site",
    stranger: (names) => (names.includes(".nojekyll") ? undefined : names[0]),
    isWhole: true,
  });
  const site = buildSite(path.join(__dirname, ".."));
  write(site);
  const pages = [...site.keys()].filter((it) => it.endsWith(".html")).length;
  process.stdout.write(`${path.join(to, "index.html")}: ${pages} pages\n`);
  return Promise.resolve(0);
}

function readArguments(args: readonly string[]): "help" | { readonly to: string } {
  try {
    const { values } = readOptions({
      args: [...args],
      options: { to: { type: "string", default: "public" }, help: { type: "boolean", short: "h", default: false } },
    });
    return values.help ? "help" : { to: values.to };
  } catch (error) {
    throw argumentError(error, "site");
  }
}

if (require.main === module) runCommand(main);
