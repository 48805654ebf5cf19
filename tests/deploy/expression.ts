/** What a job knows when GitHub asks whether it runs. */
export type Contexts = Readonly<Record<string, unknown>>;

/** Evaluates an expression: whether it is true, or no empty text. */
export type Evaluate = (expression: string, contexts: Contexts) => boolean;

/** Functions that only a run can answer: nothing was stopped, nothing failed. */
const running = { always: true, cancelled: false, success: true, failure: false };

/** GitHub's own library of expressions, which is an ES module. */
export async function loadExpressions(): Promise<Evaluate> {
  const { data, Evaluator, Lexer, Parser } = await import("@actions/expressions");
  type Data = Parameters<InstanceType<typeof data.Array>["add"]>[0];
  const functions = Object.entries(running).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }));
  const dictionaryOf = (values: object): InstanceType<typeof data.Dictionary> =>
    new data.Dictionary(...Object.entries(values).map(([key, it]) => ({ key, value: valueOf(it) })));
  const valueOf = (value: unknown): Data => {
    if (typeof value === "string") return new data.StringData(value);
    if (typeof value === "boolean") return new data.BooleanData(value);
    if (typeof value === "number") return new data.NumberData(value);
    if (Array.isArray(value)) return new data.Array(...value.map(valueOf));
    return typeof value === "object" && value !== null ? dictionaryOf(value) : new data.Null();
  };
  return (expression, contexts) => {
    const inner = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(expression)?.[1] ?? expression;
    const tree = new Parser(new Lexer(inner).lex().tokens, Object.keys(contexts), functions).parse();
    const byName = new Map(functions.map((it) => [it.name, it]));
    const result = new Evaluator(tree, dictionaryOf(contexts), byName).evaluate();
    const text = result.coerceString();
    return result.kind === data.Kind.Boolean ? text === "true" : text !== "";
  };
}
