import { joinPath, Problems, showKey } from "../core/problems";
import { readShape } from "../core/shape";
import { checkDeclaredSize } from "./check-declared-size";
import { declaredFigures, type DeclaredSizes } from "./declared-figures";
import { declaredSize } from "./declared-size";
import type { VmSizes } from "./vm-size";
import { vmSizes } from "./vm-sizes";

/**
 * The sizes of the catalogue and the ones that a user declares; what the catalogue has, it keeps. A size whose figures contradict
 * each other is among them all the same, so that whoever names it is not told that there is none.
 * @param problems Gets what is wrong, below `vmSizes`.
 */
export function sizesWith(declared: DeclaredSizes, problems: Problems): VmSizes {
  const own = Object.entries(declared).flatMap(([name, given]) => {
    const path = joinPath("vmSizes", showKey(name));
    const subject = `VM size '${name}'`;
    const figures = problems.attempt(path, () => readShape(declaredFigures, given, subject));
    if (figures === undefined) return [];
    problems.attempt(path, () => {
      const found = new Problems();
      checkDeclaredSize(name, figures, found);
      found.throwIfAny(subject);
    });
    return [[name, declaredSize(name, figures)] as const];
  });
  return own.length === 0 ? vmSizes : new Map([...own, ...vmSizes]);
}
