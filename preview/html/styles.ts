/**
 * How the page looks: type and lines, one accent for GPUs and InfiniBand, and a second colour for what is forbidden alone. On a telephone
 * tables become cards and boxes stand one below the other; on paper it is light, whatever the reader's screen is.
 */
export const styles = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --box: #f6f7f9; --ink: #1b1f24; --dim: #555d67; --line: #d3d8de; --accent: #0a5fb4; --tint: #e7f0fa; --bad: #a81616;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #13161a; --box: #1b1f25; --ink: #e5e8ec; --dim: #a3acb6; --line: #363d46; --accent: #6cb2f8; --tint: #16283b; --bad: #ff938a; }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1rem clamp(.75rem, 3vw, 2.5rem) 3rem; max-width: 90rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums;
  overflow-wrap: break-word;
}
h1, h2, h3, h4, h5, h6 { margin: 0 0 .35rem; line-height: 1.25; font-weight: 600; text-wrap: balance; }
h1 { font-size: 1.9rem; letter-spacing: -.01em; }
h1 span, .dim { color: var(--dim); font-weight: 400; }
h2 { font-size: 1.25rem; padding-top: .5rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1rem; margin-top: 1rem; }
h4, h5, h6 { font-size: .9rem; }
h3 .dim, h4 .dim, h5 .dim, h6 .dim, .small, .legend, figcaption, .group p, .teams { font-size: .8125rem; }
p { margin: 0 0 .5rem; max-width: 90ch; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: .75rem; top: .25rem; background: var(--paper); padding: .25rem .5rem; z-index: 1; }
nav ul, .legend { list-style: none; margin: .5rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; }
nav a { display: inline-block; padding: .15rem 0; }
main > section { margin-top: 2rem; scroll-margin-top: .5rem; }
ul, ol { margin: .25rem 0 .5rem; padding-left: 1.25rem; }
.remark { border-left: 3px solid var(--accent); padding-left: .75rem; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .5rem; color: var(--dim); font-size: .8125rem; }

.figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1px; margin: .75rem 0 0; background: var(--line); border: 1px solid var(--line); }
.figures > div { background: var(--paper); padding: .6rem .75rem; }
.figures dt { color: var(--dim); font-size: .8125rem; }
.figures dd { margin: 0; font-size: .8125rem; }
.figures b { display: block; font-size: clamp(1rem, 3.8vw, 1.3rem); line-height: 1.3; font-weight: 600; }
@media (min-width: 50rem) { .figures { grid-template-columns: repeat(4, minmax(0, 1fr)); } }
.against { list-style: none; padding: 0; }
.against li { margin: .25rem 0; }
.state { display: inline-block; min-width: 3.6rem; border: 1px solid currentcolor; border-radius: 3px; padding: 0 .35rem; font-size: .8125rem; line-height: 1.35rem; white-space: nowrap; color: var(--dim); }
.state.look { color: var(--ink); font-weight: 600; }
.state.bad { color: var(--bad); font-weight: 600; border-width: 2px; }

.symbols { position: absolute; }
.legend { margin: .5rem 0 .75rem; color: var(--dim); }
.legend li { display: flex; align-items: center; gap: .4rem; }
.swatch { width: 1rem; height: .8rem; border: 2px solid var(--accent); background: var(--tint); }
.field { display: block; max-width: 100%; height: auto; overflow: visible; }
.legend .field { flex: none; }
.node { fill: var(--paper); stroke: var(--dim); stroke-width: .75; }
.node.whenNeeded { stroke-dasharray: 2 1.5; }
.gpu { fill: var(--accent); stroke: none; }
.gpu.whenNeeded { fill: none; stroke: var(--accent); stroke-width: 1; }
.gpu.spare { fill: none; stroke: var(--accent); stroke-width: 1.25; }
.region { border: 1px solid var(--ink); padding: 0 .75rem .75rem; }
.region > h3 { margin: .6rem 0; }
.sides { display: grid; gap: .75rem; }
.zones { display: grid; gap: .75rem; align-content: start; min-width: 0; }
.zone { border: 1px dashed var(--dim); padding: .6rem .75rem; min-width: 0; }
.zone.pinned { border-style: solid; }
.host { background: var(--box); padding: .6rem .75rem .75rem; margin-top: .5rem; }
h6 b { white-space: nowrap; }
.pools { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20.5rem), 1fr)); gap: .75rem; }
.pool { background: var(--paper); border: 1px solid var(--line); padding: .6rem .75rem; min-width: 0; }
.pool.wide { grid-column: 1 / -1; }
.groups { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: .5rem; }
.pool > p { margin: .5rem 0 0; font-size: .8125rem; }
.group { margin: 0; padding: .25rem 0; min-width: 0; }
.group.domain { border: 2px solid var(--accent); background: var(--tint); padding: .45rem .55rem; }
.group p { margin: .35rem 0 0; }
figcaption { margin-bottom: .35rem; }
.store { border: 1px solid var(--line); border-radius: 0 0 .6rem .6rem; border-top: 4px double var(--dim); background: var(--paper); padding: .35rem .75rem; margin: .5rem 0 0; max-width: none; }
.teams { margin-top: .6rem; border-top: 1px solid var(--line); padding-top: .5rem; }
.teams p { margin: 0; }
.beside { border-top: 1px solid var(--line); padding-top: .5rem; font-size: .8125rem; min-width: 0; }
.beside { columns: 15rem; }
.beside h4 { margin-top: .5rem; break-after: avoid; }
.beside dl { margin: 0 0 .75rem; }
.beside dl > div { break-inside: avoid; padding: .2rem 0; border-bottom: 1px solid var(--line); }
.beside dt { color: var(--dim); }
.beside dd { margin: 0; }
.beside ul { list-style: none; padding: 0; margin: .2rem 0 0; }
@media (min-width: 62rem) {
  .sides { grid-template-columns: minmax(0, 1fr) 16rem; }
  .beside { columns: auto; border-top: 0; border-left: 1px solid var(--line); padding: 0 0 0 .75rem; }
}

.meter { display: block; width: 100%; height: .5rem; }
.meter .whole { fill: var(--line); }
.meter .part { fill: var(--accent); stroke: var(--paper); stroke-width: 1; vector-effect: non-scaling-stroke; }
.meter .other { fill: var(--dim); }
section > .meter, .teams > .meter { height: .75rem; max-width: 40rem; margin-bottom: .4rem; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0 1rem; font-size: .875rem; }
caption { text-align: left; color: var(--dim); padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--dim); font-size: .8125rem; border-bottom-color: var(--dim); vertical-align: bottom; }
tbody th, tfoot th { font-weight: 600; }
tfoot th, tfoot td { border-top: 1px solid var(--ink); border-bottom: 0; font-weight: 600; }
.number { text-align: right; }
td.number { white-space: nowrap; }
.number + .text { padding-left: .75rem; }
td.text { overflow-wrap: anywhere; min-width: 6rem; }
td.bar, th.bar { min-width: 5rem; width: 14%; }
td .meter { margin-top: .4rem; }
summary { cursor: pointer; padding: .25rem 0; color: var(--accent); }
code { font-size: .875em; }

@media (max-width: 40rem) {
  table, caption, tbody, tfoot, tr, th, td { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  th, td { border: 0; padding: 0; }
  tfoot td, tfoot th { border: 0; }
  td { display: flex; min-width: 0; justify-content: space-between; gap: 1rem; text-align: left; }
  td::before { content: attr(data-head); color: var(--dim); flex: none; max-width: 50%; font-weight: 400; }
  td.text, .number + .text { display: block; padding: 0; }
  td.text::before { margin-right: .5rem; }
  td.number { text-align: right; white-space: normal; }
  td:empty, td.bar::before { display: none; }
  td.bar { width: auto; padding: .15rem 0; }
  td.bar { display: block; }
  .region { padding: 0 .4rem .4rem; }
  .zone { padding: .5rem .4rem; }
  .host { padding: .5rem .4rem; }
  .pool { padding: .5rem; }
}

@media print {
  :root { color-scheme: light; --paper: #ffffff; --box: #ffffff; --ink: #000000; --dim: #4a4f57; --line: #bfc4ca; --accent: #0a5fb4; --tint: #ffffff; --bad: #a81616; }
  @page { size: A4; margin: 14mm 12mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip { display: none; }
  a { color: inherit; text-decoration: none; }
  h2, h3, h4, h5, h6, caption, figcaption, thead { break-after: avoid; }
  #drawing { break-before: page; }
  tr, figure, h3, h4, h5, h6, .figures > div, .store, li { break-inside: avoid; }
  table { font-size: 8pt; }
  /* A foot of a table is printed on each of its pages, and a sum stands at the end. */
  tfoot { display: table-row-group; }
  th, td { padding-right: .5rem; }
  td.bar, th.bar { min-width: 3rem; }
  summary { list-style: none; color: inherit; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .figures { grid-template-columns: repeat(4, minmax(0, 1fr)); }
  /* Browsers put boxes of a grid that is longer than a page over one another, so here they are lines of blocks. */
  .sides, .zones, .pools, .groups { display: block; }
  .zone, .beside { margin-top: .75rem; }
  .pool.wide { margin: .5rem 0; }
  .pool:not(.wide), .wide .group { display: inline-block; width: 49%; vertical-align: top; margin: .25rem 0; }
  .beside { columns: 2; border: 0; padding: 0; break-inside: avoid; }
  .pool:not(.wide), .host:not(:has(.wide)), .zone:not(:has(.wide)) { break-inside: avoid; }
}
`;
