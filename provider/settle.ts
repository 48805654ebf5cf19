import { type Input, isSecret, Output, output } from "@pulumi/pulumi";
import { joinPath, type Problems } from "../core/problems";
import { type Wire, type WiredObject, wirePaths } from "./wires";

/** One input of a component in two forms. */
export interface Settled {
  /** What is known of it, for checks. A wire that nobody knows yet is an empty text. */
  readonly plain: unknown;
  /** What the component is given: values that decide something are plain, and wires keep what they depend on. */
  readonly wired: unknown;
}

/** What every step of the way down needs. */
interface Settling {
  /** Paths of wires. */
  readonly paths: readonly string[];
  readonly objects: readonly WiredObject[];
  readonly problems: Problems;
}

/**
 * Brings inputs of another language into the form of our components: shape is a plain value, wiring is an `Input`. Another language makes
 * an output of a whole object as soon as one part of it comes from a resource, so the plain parts are taken out of it here.
 * @param wires What may be known later, for example `scope.resourceGroupName` and `subnetResourceIds.*`.
 * @param problems Gets a line for each value that decides something and is not known, or is a secret.
 */
export function settle(given: object, wires: readonly Wire[], problems: Problems): Promise<Settled> {
  const objects = wires.filter((it) => typeof it !== "string");
  return settleAt([], given, { paths: wirePaths(wires), objects, problems });
}

async function settleAt(path: readonly string[], given: Input<unknown>, settling: Settling): Promise<Settled> {
  if (settling.paths.some((it) => matches(it, path))) {
    const { isKnown, value } = await readable(given);
    return { plain: isKnown ? value : "", wired: given };
  }
  if (!Output.isInstance(given)) {
    return settleParts(path, given, (key) => Reflect.get(Object(given), key) as Input<unknown>, settling);
  }
  const { isKnown, value } = await readable(given);
  const part = (key: string): Output<unknown> => given.apply((it) => Reflect.get(Object(it), key) as unknown);
  if (!isKnown) {
    const object = settling.objects.find((it) => matches(it.path, path));
    if (object !== undefined) {
      const keys = Object.fromEntries(object.keys.map((key) => [key, undefined]));
      return settleParts(path, keys, part, settling);
    }
    settling.problems.add({
      path: pathText(path),
      rule: "must be known before anything is made: it decides what exists",
      remedy: "Write it out, or take it from an output that is known in a preview",
    });
    return { plain: undefined, wired: undefined };
  }
  if ((await isSecret(given)) && (typeof value !== "object" || value === null)) {
    settling.problems.add({
      path: pathText(path),
      rule: "must not be a secret: it decides what exists, and stands in plans and messages",
      remedy: "Give it as a plain value",
    });
    return { plain: undefined, wired: undefined };
  }
  return settleParts(path, value, part, settling);
}

async function settleParts(
  path: readonly string[],
  value: unknown,
  part: (key: string) => Input<unknown>,
  settling: Settling,
): Promise<Settled> {
  if (typeof value !== "object" || value === null) return { plain: value, wired: value };
  const parts = await Promise.all(
    Object.keys(value).map(async (key) => [key, await settleAt([...path, key], part(key), settling)] as const),
  );
  if (Array.isArray(value)) {
    return { plain: parts.map(([, it]) => it.plain), wired: parts.map(([, it]) => it.wired) };
  }
  return {
    plain: Object.fromEntries(parts.map(([key, it]) => [key, it.plain])),
    wired: Object.fromEntries(parts.map(([key, it]) => [key, it.wired])),
  };
}

/** The value of an input, if somebody knows it. */
async function readable(given: Input<unknown>): Promise<{ readonly isKnown: boolean; readonly value: unknown }> {
  const whole = output(given);
  // Both are what the SDK itself asks; its types keep them to the SDK.
  const { isKnown, promise } = whole as unknown as { isKnown: Promise<boolean>; promise: () => Promise<unknown> };
  return { isKnown: await isKnown, value: await promise.call(whole) };
}

function matches(wire: string, path: readonly string[]): boolean {
  const keys = wire.split(".");
  return keys.length === path.length && keys.every((key, at) => key === "*" || key === path[at]);
}

/** `a.b[0].c` */
function pathText(path: readonly string[]): string {
  return path.reduce((head, key) => joinPath(head, /^\d+$/.test(key) ? `[${key}]` : key), "");
}
