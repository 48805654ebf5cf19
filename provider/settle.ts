import { Output, output, type Input } from "@pulumi/pulumi";
import { joinPath, type Problems } from "../core/problems";

/** One input of a component in two forms. */
export interface Settled {
  /** What is known of it, for checks. A wire that nobody knows yet is an empty text. */
  readonly plain: unknown;
  /** What the component is given: values that decide something are plain, and wires keep what they depend on. */
  readonly wired: unknown;
}

/**
 * Brings inputs of another language into the form of our components: shape is a plain value, wiring is an `Input`. Another language makes
 * an output of a whole object as soon as one part of it comes from a resource, so the plain parts are taken out of it here.
 * @param wires Paths that may be known later, with `*` for any key: `scope.resourceGroupName`, `subnetResourceIds.*`.
 * @param problems Gets a line for each value that decides something and is not known, or is a secret.
 */
export async function settle(
  given: Input<unknown>,
  wires: readonly string[],
  problems: Problems,
  path: readonly string[] = [],
): Promise<Settled> {
  const at = path.reduce((head, key) => joinPath(head, key), "");
  if (isWire(path, wires)) {
    const known = await knownValue(given);
    return { plain: known ?? (given === undefined ? undefined : ""), wired: given };
  }
  if (Output.isInstance(given)) {
    const told = await knownValue(given);
    if (told === undefined) {
      problems.add({
        path: at,
        rule: "must be known before anything is made: it decides what exists",
        remedy: "Write it, or take it from an output of this package, and not from one of a resource",
      });
      return { plain: undefined, wired: undefined };
    }
    if ((await given.isSecret) && typeof told !== "object") {
      problems.add({ path: at, rule: "must not be a secret: it would be written into plans and messages" });
    }
    return settleParts(told, (key) => given.apply((it) => Reflect.get(Object(it), key) as unknown), wires, problems, path);
  }
  return settleParts(given, (key) => Reflect.get(Object(given), key) as Input<unknown>, wires, problems, path);
}

async function settleParts(
  value: unknown,
  part: (key: string) => Input<unknown>,
  wires: readonly string[],
  problems: Problems,
  path: readonly string[],
): Promise<Settled> {
  if (typeof value !== "object" || value === null) return { plain: value, wired: value };
  const parts = await Promise.all(
    Object.keys(value).map(async (key) => [key, await settle(part(key), wires, problems, [...path, key])] as const),
  );
  if (Array.isArray(value)) {
    return { plain: parts.map(([, it]) => it.plain), wired: parts.map(([, it]) => it.wired) };
  }
  return {
    plain: Object.fromEntries(parts.map(([key, it]) => [key, it.plain])),
    wired: Object.fromEntries(parts.map(([key, it]) => [key, it.wired])),
  };
}

/** The value of an input, `undefined` while nobody knows it. */
async function knownValue(given: Input<unknown>): Promise<unknown> {
  const whole = output(given);
  // Both are what the SDK itself asks; its types keep them to the SDK.
  const { isKnown, promise } = whole as unknown as { isKnown: Promise<boolean>; promise: () => Promise<unknown> };
  return (await isKnown) ? promise.call(whole) : undefined;
}

function isWire(path: readonly string[], wires: readonly string[]): boolean {
  return wires.some((wire) => {
    const keys = wire.split(".");
    return keys.length === path.length && keys.every((key, at) => key === "*" || key === path[at]);
  });
}
