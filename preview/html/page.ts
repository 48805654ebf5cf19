import { createHash } from "node:crypto";
import path from "node:path";
import { findRegion } from "../../catalog/regions";
import { countText } from "../count-text";
import { numberText } from "../number-text";
import type { Preview } from "../preview";
import { costView } from "./cost";
import { drawing } from "./drawing";
import { figures } from "./figures";
import { listText } from "./list-text";
import { html, type Markup } from "./markup";
import { sections, type Section } from "./sections";
import { siteOf, type Site } from "./site";
import { styles } from "./styles";

/**
 * One page that shows a plan: drawn by what fails together, then cost, energy, quota, limits, policy, notes and resources. It needs no
 * network and no script, and its own policy lets it have neither. The same plan is the same page.
 */
export function renderHtml(preview: Preview): string {
  const site = siteOf(preview);
  const cost = costView(preview, site);
  const parts: readonly Section[] = [
    { id: "glance", title: "At a glance", content: figures(preview, site, cost.figures) },
    { id: "drawing", title: "Where it stands", content: drawing(site) },
    ...sections(preview, site, cost.section),
  ];
  const { stack } = preview.environment;
  const title = `${stack}: ${countText(site.gpus, "GPU")} in ${preview.environment.location}`;
  const page = html`<title>${title}</title>
    <link rel="icon" href="data:,">
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    ${masthead(preview, site, parts)}
    <main id="main">
    ${parts.map(
      ({ id, title: name, content }) =>
        html`<section id="${id}" aria-labelledby="${id}-heading">
          <h2 id="${id}-heading">${name}</h2>
          ${content}
        </section> `,
    )}
    </main>
    <footer><p>Planned without a cloud: it shows what an environment is, not what exists already, and figures are list prices and estimates. What a live subscription would say is told by <code>pulumi preview</code>.</p></footer>
    </body>
    </html>
    `;
  // What may run and be fetched: nothing but the styles of this page.
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(styles).digest("base64")}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>${styles}</style>
${page.toString()}`;
}

function masthead({ environment, plan, file }: Preview, { made }: Site, parts: readonly Section[]): Markup {
  const { stack, kind, location, today, layers } = environment;
  const own = made.environment.stack === stack;
  const count = plan.resources.filter((it) => it.custom && it.type !== "pulumi:pulumi:Stack").length;
  return html`<header>
    <p class="dim">Plan of an Azure GPU cluster</p>
    <h1>${stack} <span>${stack === kind ? "" : `${kind}, `}${findRegion(location)?.displayName ?? location}</span></h1>
    <p>
      ${numberText(count)} resources, from ${path.basename(file)}${today === null ? "" : `, planned on ${today}`}. No
      cloud was asked.
    </p>
    ${
      own
        ? ""
        : html`<p class="remark">
            This stack makes ${listText(layers.map((it) => `layer ${it}`))} in the cluster of stack
            <b>${made.environment.stack}</b>. Nodes, cost, energy, quota and limits are of that stack, policy, notes and
            resources of this one.
          </p>`
    }
    <nav aria-label="Sections">
      <ul>
        ${parts.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li> `)}
      </ul>
    </nav>
  </header>`;
}
