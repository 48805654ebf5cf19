import { unknownValue } from "../../core/property-marks";
import { isList, isRecord } from "../../core/property-value";

type Tree = Readonly<Record<string, unknown>>;

/**
 * What expressions of one template may ask for. An expression that asks for one parameter or variable is that one's value where it is
 * plain; every other one is a value that is not known yet.
 */
export class TemplateValues {
  /** Values that were worked out, by what asks for them: `parameters name`. */
  readonly #found = new Map<string, unknown>();
  /** Values as the template has them. */
  readonly #written = new Map<string, unknown>();

  /** @param given Values of parameters, by name. ARM heeds no case in names. */
  public constructor({ parameters, variables }: Tree, given: Tree) {
    const said = byName(given);
    for (const [name, it] of byName(variables)) this.#written.set(`variables ${name}`, it);
    for (const [name, it] of byName(parameters)) {
      const { type, defaultValue = unknownValue } = isRecord(it) ? it : {};
      // A secret is forgotten at once, whoever wrote it down.
      const isSecret = typeof type === "string" && type.toLowerCase().startsWith("secure");
      if (isSecret || said.has(name)) this.#found.set(`parameters ${name}`, isSecret ? unknownValue : said.get(name));
      else this.#written.set(`parameters ${name}`, defaultValue);
    }
  }

  /** A value with its expressions replaced. */
  public of(value: unknown): unknown {
    if (isList(value)) return value.map((it) => this.of(it));
    if (isRecord(value)) return this.#record(value);
    if (typeof value !== "string" || !value.startsWith("[") || !value.endsWith("]")) return value;
    if (value.startsWith("[[")) return value.slice(1);
    // Any other expression keeps its brackets, and nothing has such a name.
    return this.#named(value.replace(/\[\s*(parameters|variables)\(\s*'([^']+)'\s*\)\s*\]/i, "$1 $2").toLowerCase());
  }

  /** Lists of an object that ARM makes in a loop have the item that it makes, once. */
  #record(value: Tree): Tree {
    const { copy, ...rest } = value;
    const loops = isList(copy) && copy.every(isLoop) ? copy : undefined;
    const plain = Object.entries(loops === undefined ? value : rest).map(([key, it]) => [key, this.of(it)] as const);
    const made = (loops ?? []).map(({ name, input }) => [name, [this.of(input)]] as const);
    return Object.fromEntries([...plain, ...made]);
  }

  #named(asked: string): unknown {
    if (!this.#found.has(asked)) {
      // What asks for itself is not known.
      this.#found.set(asked, unknownValue);
      if (this.#written.has(asked)) this.#found.set(asked, this.of(this.#written.get(asked)));
    }
    return this.#found.get(asked);
  }
}

function isLoop(value: unknown): value is { readonly name: string; readonly input: unknown } {
  return isRecord(value) && typeof value["name"] === "string" && "input" in value;
}

function byName(tree: unknown): Map<string, unknown> {
  return new Map(Object.entries(isRecord(tree) ? tree : {}).map(([name, it]) => [name.toLowerCase(), it]));
}
