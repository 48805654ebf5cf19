/** How the site looks. One column on a telephone, with the menu folded away; dark when the reader's screen is, or when they say so. */
export const siteStyles = `
:root { color-scheme: light; --paper: #ffffff; --box: #f6f7f9; --ink: #1b1f24; --dim: #555d67; --edge: #d3d8de; --accent: #0a5fb4; }
:root[data-shade="dark"] { color-scheme: dark; --paper: #13161a; --box: #1b1f25; --ink: #e5e8ec; --dim: #a3acb6; --edge: #363d46; --accent: #6cb2f8; }
@media (prefers-color-scheme: dark) {
  :root:not([data-shade="light"]) { color-scheme: dark; --paper: #13161a; --box: #1b1f25; --ink: #e5e8ec; --dim: #a3acb6; --edge: #363d46; --accent: #6cb2f8; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4rem; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: .75rem; top: .5rem; z-index: 3; background: var(--paper); padding: .25rem .5rem; }

header { position: sticky; top: 0; z-index: 2; display: flex; align-items: center; gap: .75rem; padding: .5rem clamp(.75rem, 2vw, 1.5rem);
  background: var(--paper); border-bottom: 1px solid var(--edge); }
.home { font-weight: 600; color: inherit; text-decoration: none; white-space: nowrap; }
form { flex: 1; max-width: 30rem; margin-left: auto; min-width: 0; position: relative; }
input, button { font: inherit; font-size: .9rem; color: inherit; background: var(--box); border: 1px solid var(--edge); border-radius: .4rem; padding: .35rem .6rem; }
input { width: 100%; }
button { cursor: pointer; white-space: nowrap; }
#found { position: absolute; right: 0; width: min(36rem, calc(100vw - 1.5rem)); max-height: 75vh; overflow-y: auto; margin-top: .35rem; background: var(--paper);
  border: 1px solid var(--edge); border-radius: .4rem; box-shadow: 0 .5rem 1.5rem rgb(0 0 0 / .25); }
#found:empty { display: none; }
#found ol { list-style: none; margin: 0; padding: .25rem; }
#found a { display: block; padding: .4rem .6rem; border-radius: .3rem; color: inherit; text-decoration: none; }
#found a:hover, #found a:focus { background: var(--box); }
#found b { display: block; color: var(--accent); font-weight: 600; line-height: 1.35; }
#found span { color: var(--dim); font-size: .85rem; display: block; line-height: 1.4; }
#found p { margin: 0; padding: .5rem .85rem; color: var(--dim); }

.columns { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 100rem; margin: 0 auto; }
.menu { padding: .5rem clamp(.75rem, 2vw, 1.5rem); border-bottom: 1px solid var(--edge); font-size: .9rem; }
.menu summary { cursor: pointer; padding: .3rem 0; font-weight: 600; }
.menu ul { list-style: none; margin: 0 0 .5rem; padding: 0 0 0 .9rem; }
.menu li a { display: block; padding: .2rem .4rem; line-height: 1.35; color: inherit; text-decoration: none; border-radius: .25rem; }
.menu li a:hover { background: var(--box); }
.menu li a[aria-current] { background: var(--box); color: var(--accent); font-weight: 600; }
main { padding: .5rem clamp(.75rem, 3vw, 2.5rem) 3rem; min-width: 0; }
aside { display: none; }
aside p { font-weight: 600; margin: 0 0 .25rem; }
aside ul { list-style: none; padding: 0; margin: 0; }
aside li a { display: block; padding: .15rem 0; line-height: 1.35; color: var(--dim); text-decoration: none; }
aside li a:hover { color: var(--accent); }

h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; margin: 1.8em 0 .5em; }
h1 { font-size: clamp(1.6rem, 5vw, 2.1rem); margin-top: .75em; letter-spacing: -.01em; }
h2 { font-size: 1.4rem; padding-top: .6rem; border-top: 1px solid var(--edge); }
h3 { font-size: 1.12rem; }
p, li { max-width: 85ch; }
ul, ol { padding-left: 1.4rem; }
code { font: .875em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; background: var(--box); border-radius: .25rem; padding: .1em .3em; overflow-wrap: anywhere; }
pre { background: var(--box); border: 1px solid var(--edge); border-radius: .4rem; padding: .75rem 1rem; overflow: auto; max-height: 40rem; }
pre code { background: none; padding: 0; font-size: .8125rem; overflow-wrap: normal; }
.table { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .9rem; line-height: 1.45; }
th, td { text-align: left; vertical-align: top; padding: .4rem 1rem .4rem 0; border-bottom: 1px solid var(--edge); }
.long { min-width: 15rem; }
th { border-bottom-color: var(--dim); }
td code { overflow-wrap: normal; }
main img { max-width: 100%; height: auto; border: 1px solid var(--edge); border-radius: .4rem; vertical-align: top; }
.diagram { margin: 1.25rem 0; overflow-x: auto; }
.diagram svg { display: block; height: auto; }
.diagram .edgeLabel p { max-width: none; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--edge); color: var(--dim); font-size: .85rem; }

@media (max-width: 40rem) {
  .home { font-size: .9rem; }
  #found { position: fixed; left: .75rem; right: .75rem; width: auto; }
}
@media (min-width: 56rem) {
  .columns { grid-template-columns: 17rem minmax(0, 1fr); }
  .menu { position: sticky; top: 3.25rem; height: calc(100vh - 3.25rem); overflow-y: auto; border-bottom: 0; border-right: 1px solid var(--edge); }
  .menu > details > summary { display: none; }
}
@media (min-width: 82rem) {
  .columns:has(aside) { grid-template-columns: 17rem minmax(0, 1fr) 15rem; }
  aside { display: block; position: sticky; top: 3.25rem; align-self: start; max-height: calc(100vh - 3.25rem); overflow-y: auto; padding: 1.5rem 1rem; font-size: .85rem; }
}
@media print {
  header, .menu, aside, .skip { display: none; }
  .columns { display: block; }
  pre, .table { overflow: visible; max-height: none; white-space: pre-wrap; }
}
`;
