import { type Profiler, Session } from "node:inspector";

/** What came of something that runs, and how often each function of this process was called by it, by its name and place. */
export async function callsOf<T>(run: () => Promise<T>): Promise<{ result: T; calls: ReadonlyMap<string, number> }> {
  const session = new Session();
  session.connect();
  try {
    session.post("Profiler.enable");
    session.post("Profiler.startPreciseCoverage", { callCount: true });
    const result = await run();
    const calls = new Map<string, number>();
    for (const { url, functions } of await coverage(session)) {
      for (const { functionName, ranges } of functions) {
        const [whole] = ranges;
        if (whole !== undefined && whole.count > 0)
          calls.set(`${functionName} ${url}:${whole.startOffset}`, whole.count);
      }
    }
    return { result, calls };
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
