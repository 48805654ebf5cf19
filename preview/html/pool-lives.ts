import type { ServingEstimate } from "../../catalog/serving-estimate";
import type { PoolShare } from "../../stacks/pool-shares";
import { countText } from "../count-text";
import { numberText } from "../number-text";
import { bar } from "./bar";
import { html, type Markup } from "./markup";
import { percentText } from "../percent-text";
import type { Pool } from "./site";

/** Teams that are read at a glance. The rest is a click away. */
const shownTeams = 8;

/** Teams on a pool with their shares, and the models that they serve there. Empty for nodes that no team has a share of. */
export function poolLives({ key, countedGpus, shares, models }: Pool): Markup {
  if (countedGpus === 0) return html``;
  const given = shares.reduce((sum, it) => sum + it.gpus, 0);
  if (shares.length === 0) return html`<p class="dim">No team of this stack works here.</p>`;
  const [shown, more] = [shares.slice(0, shownTeams), shares.slice(shownTeams)];
  const item = (share: PoolShare): Markup => teamItem(share, countedGpus, models);
  return html`<div class="teams">
    ${bar(...shares.map((it) => it.gpus / countedGpus))}
    <ol aria-label="Teams on ${key}">
      ${shown.map(item)}
    </ol>
    ${
      more.length === 0
        ? ""
        : html`<details>
            <summary>${countText(more.length, "team")} more</summary>
            <ol start="${shownTeams + 1}">
              ${more.map(item)}
            </ol>
          </details>`
    }
    <p class="dim">
      ${given < countedGpus ? `${numberText(countedGpus - given)} of ${countText(countedGpus, "GPU")} are nobody's share.` : "Every GPU is in a share."}
    </p>
  </div>`;
}

function teamItem({ namespace, gpus, borrow }: PoolShare, whole: number, models: readonly ServingEstimate[]): Markup {
  const own = models.filter((it) => it.namespace === namespace);
  return html`<li>
    <b>${namespace}</b> ${countText(gpus, "GPU")},
    ${percentText(gpus / whole)}${borrow === 0 ? "" : `; may borrow ${numberText(borrow)}`}${
      own.length === 0
        ? ""
        : html`<ul aria-label="Models of ${namespace}">
            ${own.map((it) => html`<li>${modelText(it)}</li>`)}
          </ul>`
    }
  </li> `;
}

function modelText({ name, replicas: [least, most], gpusPerReplica, nodesPerReplica }: ServingEstimate): string {
  const servers = least === most ? countText(most, "server") : `${least} to ${countText(most, "server")}`;
  return `${name}: ${servers} of ${countText(gpusPerReplica, "GPU")}${nodesPerReplica === 1 ? "" : ` on ${nodesPerReplica} nodes`}`;
}
