import { parsePromql, type PromqlNode as Node } from "./promql";

/** Labels of the series that an expression gives; `"scalar"` for a number. */
type Labels = ReadonlySet<string> | "scalar";

/** What is wrong with an expression, beside its syntax and its types. */
export class PromqlFault extends Error {}

/**
 * The labels that every series of an expression has, in the order in which the expression names them.
 * @param known Labels of the series of a name, undefined where nothing has that name.
 * @throws PromqlFault for a name or a label that does not exist where it is used, and for a match that may find several series
 */
export function seriesLabels(
  expression: string,
  known: (name: string) => readonly string[] | undefined,
): readonly string[] {
  const text = ({ from, to }: Node): string => expression.slice(from, to);
  const quoted = (node: Node): string => text(node).slice(1, -1);

  const children = (node: Node): Node[] => {
    const found: Node[] = [];
    for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
    return found;
  };
  const named = (node: Node | undefined): string[] =>
    node === undefined
      ? []
      : children(node)
          .filter((it) => it.name === "LabelName")
          .map(text);
  const fault = (node: Node, what: string): PromqlFault => new PromqlFault(`${what} in ${text(node)}`);

  const seriesOf = (node: Node): ReadonlySet<string> => {
    const labels = labelsOf(node);
    if (labels === "scalar") throw fault(node, "a number where series are wanted");
    return labels;
  };
  const mustHave = (labels: ReadonlySet<string>, wanted: readonly string[], at: Node): void => {
    for (const label of wanted) if (!labels.has(label)) throw fault(at, `no label ${label}`);
  };

  function labelsOf(node: Node): Labels {
    switch (node.name) {
      case "PromQL":
      case "ParenExpr":
      case "SubqueryExpr":
      case "OffsetExpr":
      case "MatrixSelector":
        return labelsOf(first(node));
      case "NumberDurationLiteral":
        return "scalar";
      case "VectorSelector":
        return selected(node);
      case "AggregateExpr":
        return aggregated(node);
      case "FunctionCall":
        return called(node);
      case "BinaryExpr":
        return combined(node);
      default:
        throw fault(node, `no rule for ${node.name}`);
    }
  }

  function first(node: Node): Node {
    if (node.firstChild === null) throw fault(node, "nothing");
    return node.firstChild;
  }

  function selected(node: Node): Labels {
    const [identifier, matchers] = children(node);
    const name = identifier === undefined ? "" : text(identifier);
    const labels = known(name);
    if (labels === undefined) throw fault(node, `no metric ${name}`);
    mustHave(new Set(labels), matchers === undefined ? [] : children(matchers).flatMap(named), node);
    return new Set(labels);
  }

  function aggregated(node: Node): Labels {
    const [, modifier, body] = children(node);
    if (modifier?.firstChild?.name !== "By" || body === undefined) throw fault(node, "no by (...)");
    const by = named(children(modifier)[1]);
    mustHave(seriesOf(first(body)), by, node);
    return new Set(by);
  }

  function called(node: Node): Labels {
    const [name, body] = children(node);
    const given = body === undefined ? [] : children(body);
    const [one, two, , four] = given;
    if (name !== undefined && text(name) === "time") return "scalar";
    if (name === undefined || one === undefined) throw fault(node, "no argument");
    switch (text(name)) {
      case "label_replace": {
        if (two === undefined || four === undefined) throw fault(node, "too few arguments");
        const labels = seriesOf(one);
        mustHave(labels, [quoted(four)], node);
        return new Set([...labels, quoted(two)]);
      }
      case "histogram_quantile": {
        if (two === undefined) throw fault(node, "too few arguments");
        const labels = seriesOf(two);
        mustHave(labels, ["le"], node);
        return new Set([...labels].filter((it) => it !== "le"));
      }
      default:
        // The functions over a range that the rules use leave labels as they are.
        return seriesOf(one);
    }
  }

  function combined(node: Node): Labels {
    const parts = children(node).filter((it) => it.name !== "BoolModifier");
    const [left, operator, ...rest] = parts;
    const right = rest.at(-1);
    if (left === undefined || operator === undefined || right === undefined) throw fault(node, "half an operation");
    const [ours, theirs] = [labelsOf(left), labelsOf(right)];
    if (ours === "scalar" || theirs === "scalar") return ours === "scalar" ? theirs : ours;
    const clause = rest.find((it) => it.name === "MatchingModifierClause");
    const inClause = clause === undefined ? [] : children(clause);
    const [on, included] = inClause.filter((it) => it.name === "GroupingLabels").map(named);
    mustHave(ours, on ?? [], left);
    mustHave(theirs, on ?? [], right);
    // What is left may be of either side.
    if (operator.name === "Or") return new Set([...ours].filter((it) => theirs.has(it)));
    const matched = on ?? [...new Set([...ours, ...theirs])];
    mustHave(ours, matched, left);
    mustHave(theirs, matched, right);
    if (operator.name === "And" || operator.name === "Unless") return ours;
    const grouped = inClause.some((it) => it.name === "GroupLeft");
    const extra = grouped ? (included ?? []) : [];
    mustHave(theirs, extra, right);
    // Prometheus refuses two series of a side that match the same one: nothing but what is matched may tell them apart.
    const loose = [...(grouped ? [] : ours), ...theirs].filter((it) => !matched.includes(it) && !extra.includes(it));
    if (loose.length > 0) throw fault(node, `several series may match, told apart by ${loose.join(" and ")},`);
    return grouped ? new Set([...ours, ...extra]) : new Set(matched);
  }

  return [...seriesOf(parsePromql(expression))];
}
