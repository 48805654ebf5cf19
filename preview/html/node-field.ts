import { countText } from "../count-text";
import type { NodeGroup } from "../summary/node-groups";
import { listText } from "./list-text";
import { html, type Markup } from "./markup";
import { type NodeState, nodeStates } from "./node-states";

/** Side of a GPU and what is between two, between a GPU and the edge of its node, and between nodes. A GPU is as large everywhere. */
const gpuSide = 5;
const gpuGap = 1.5;
const padding = 2;
const nodeGap = 3;

/** Width that a telephone shows; a field with more rows than are read at a glance grows beyond it and is drawn smaller there. */
const usualWidth = 300;
const mostRows = 24;

/** Nodes in rows, each with its GPUs: one picture of one InfiniBand domain, or of a group without. */
export function nodeField(group: NodeGroup, id: string): Markup {
  const node = nodeOf(group);
  const states = nodeStates(group).flatMap(([state, nodes]) => Array.from({ length: nodes }, () => state));
  const { width, height, place } = grid(states.length, node);
  const places = states.map((state, at) => {
    const [x, y] = place(at);
    return html`<use href="#${symbolId(node, state)}" x="${x}" y="${y}" />`;
  });
  return html`<svg
    class="field"
    role="img"
    aria-labelledby="${id}-title ${id}-desc"
    width="${width}"
    viewBox="0 0 ${width} ${height}"
  >
    <title id="${id}-title">${countText(group.maxNodes, "node")} of ${group.name}</title>
    <desc id="${id}-desc">${describe(group)}</desc>
    ${places}
  </svg>`;
}

/** What the fields of a page are made of: a symbol for each kind of node in each state that it is in. */
export function nodeSymbols(groups: readonly NodeGroup[]): Markup {
  const symbols = new Map<string, Markup>();
  for (const group of groups) {
    const node = nodeOf(group);
    for (const [state, nodes] of nodeStates(group)) {
      const id = symbolId(node, state);
      if (nodes > 0 && !symbols.has(id))
        symbols.set(id, html`<symbol id="${id}" overflow="visible">${nodeShapes(node, state)}</symbol>`);
    }
  }
  return html`<svg class="symbols" width="0" height="0" aria-hidden="true" focusable="false">
    ${[...symbols.values()]}
  </svg>`;
}

/** One node alone, as large as in a field, for the legend. */
export function nodeAlone(gpus: number, state: NodeState): Markup {
  const node = nodeWith(gpus, 1);
  return html`<svg
    class="field"
    aria-hidden="true"
    focusable="false"
    width="${node.width}"
    viewBox="0 0 ${node.width} ${node.height}"
  >
    ${nodeShapes(node, state)}
  </svg>`;
}

interface Node {
  readonly gpus: number;
  /** Part of a GPU that a slice is. */
  readonly part: number;
  readonly perRow: number;
  readonly width: number;
  readonly height: number;
}

function nodeOf({ size: { gpu } }: NodeGroup): Node {
  return gpu === null ? nodeWith(0, 1) : nodeWith(gpu.count ?? 1, gpu.count === null ? (gpu.fraction ?? 1) : 1);
}

function nodeWith(gpus: number, part: number): Node {
  const rows = gpus > 2 ? 2 : 1;
  const perRow = Math.max(1, Math.ceil(gpus / rows));
  const length = (count: number): number => count * gpuSide + (count - 1) * gpuGap + 2 * padding;
  return { gpus, part, perRow, width: length(perRow), height: length(rows) };
}

function symbolId({ gpus, part }: Node, state: NodeState): string {
  return `node-${gpus}${part === 1 ? "" : `-${Math.round(part * 1000)}`}-${state}`;
}

function nodeShapes({ gpus, part, perRow, width, height }: Node, state: NodeState): Markup {
  const at = (place: number): number => padding + place * (gpuSide + gpuGap);
  const shapes = Array.from({ length: gpus }, (_, gpu) => {
    const [x, y] = [at(gpu % perRow), at(Math.floor(gpu / perRow))];
    const side = gpuSide * part;
    return state === "spare"
      ? html`<path class="gpu spare" d="M${x} ${y + gpuSide}L${x + side} ${y}" />`
      : html`<rect
          class="gpu ${state}"
          x="${x + inset(state)}"
          y="${y + inset(state)}"
          width="${round(side - 2 * inset(state))}"
          height="${gpuSide - 2 * inset(state)}"
        />`;
  });
  return html`<rect
      class="node ${state}"
      x=".5"
      y=".5"
      width="${width - 1}"
      height="${height - 1}"
      rx="1.5"
    />${shapes}`;
}

/** A line is drawn on both sides of its edge. */
function inset(state: NodeState): number {
  return state === "whenNeeded" ? 0.5 : 0;
}

interface Grid {
  readonly width: number;
  readonly height: number;
  readonly place: (at: number) => readonly [x: number, y: number];
}

/** Places for nodes of one kind: full rows where a width near the usual one has such. */
function grid(count: number, node: Node): Grid {
  const fitting = Math.max(1, Math.floor((usualWidth + nodeGap) / (node.width + nodeGap)));
  const most = Math.max(fitting, Math.ceil(count / mostRows));
  const narrower = Array.from({ length: Math.ceil(most / 3) }, (_, at) => most - at);
  const columns = count <= most ? Math.max(1, count) : (narrower.find((it) => count % it === 0) ?? most);
  const rows = Math.max(1, Math.ceil(count / columns));
  const length = (nodes: number, side: number): number => round(nodes * (side + nodeGap));
  return {
    width: length(columns, node.width) - nodeGap,
    height: length(rows, node.height) - nodeGap,
    place: (at) => [length(at % columns, node.width), length(Math.floor(at / columns), node.height)],
  };
}

const stateWords: Readonly<Record<NodeState, string>> = {
  always: "run always",
  whenNeeded: "come when pods need them",
  spare: "are held back for repairs",
};

function describe(group: NodeGroup): string {
  const { gpu } = group.size;
  const each =
    gpu === null
      ? "Without GPUs"
      : gpu.count === null
        ? `A slice of a ${gpu.model} each`
        : `${gpu.count} x ${gpu.model} each`;
  const states = nodeStates(group).flatMap(([state, nodes]) => (nodes === 0 ? [] : [`${nodes} ${stateWords[state]}`]));
  return `${each}: ${listText(states)}.`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
