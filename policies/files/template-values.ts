import { unknownValue } from "../../core/property-marks";
import { isList, isRecord } from "../../core/property-value";

type Tree = Readonly<Record<string, unknown>>;

/**
 * What expressions of one template may ask for. An expression that asks for one parameter or variable, or for a part of it, is that
 * one's value where it is plain; every other one is a value that is not known yet.
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
    const [, kind, name, part = ""] = plainQuestion.exec(value) ?? [];
    if (kind === undefined || name === undefined) return unknownValue;
    const steps = [...part.matchAll(oneStep)].map(([, key, quoted, index]) => key ?? quoted ?? Number(index));
    return partOf(this.#named(`${kind} ${name}`.toLowerCase()), steps);
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

/** `[parameters('name')]`, and with what leads to a part of it: `.key`, `['key']` and `[0]`. */
const plainQuestion =
  /^\[\s*(parameters|variables)\(\s*'([^']+)'\s*\)((?:\.\w+|\[\s*'[^']+'\s*\]|\[\s*\d+\s*\])*)\s*\]$/i;
const oneStep = /\.(\w+)|\[\s*'([^']+)'\s*\]|\[\s*(\d+)\s*\]/g;

/** A part of a value; not known where there is none, since Azure then refuses the template. ARM heeds no case in keys. */
function partOf(value: unknown, steps: readonly (string | number)[]): unknown {
  const [step, ...more] = steps;
  if (step === undefined) return value;
  const below =
    typeof step === "number" ? (isList(value) ? value[step] : undefined) : byName(value).get(step.toLowerCase());
  return below === undefined ? unknownValue : partOf(below, more);
}

function isLoop(value: unknown): value is { readonly name: string; readonly input: unknown } {
  return isRecord(value) && typeof value["name"] === "string" && "input" in value;
}

function byName(tree: unknown): Map<string, unknown> {
  return new Map(Object.entries(isRecord(tree) ? tree : {}).map(([name, it]) => [name.toLowerCase(), it]));
}
