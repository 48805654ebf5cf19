import { type Profiler, Session } from "node:inspector";

/** How often each function of this process is called while something runs, by its name and place. */
export async function callsOf(run: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const session = new Session();
  session.connect();
  try {
    session.post("Profiler.enable");
    session.post("Profiler.startPreciseCoverage", { callCount: true });
    await run();
    const calls = new Map<string, number>();
    for (const { url, functions } of await coverage(session)) {
      for (const { functionName, ranges } of functions) {
        const [whole] = ranges;
        if (whole !== undefined) calls.set(`${functionName} ${url}:${whole.startOffset}`, whole.count);
      }
    }
    return calls;
  } finally {
    session.disconnect();
  }
}

function coverage(session: Session): Promise<readonly Profiler.ScriptCoverage[]> {
  return new Promise((resolve, reject) => {
    session.post("Profiler.takePreciseCoverage", (error, { result }) => {
      if (error === null) resolve(result);
      else reject(error);
    });
  });
}
