import { Resource } from "@pulumi/pulumi";

/**
 * Runs something without stack traces. The SDK keeps one for each promise it makes, and for each resource it reads the whole stack,
 * whatever the limit, to tell the engine the line. Nobody asks here, and it was most of the cost of a resource. An error keeps its message.
 * A limit that is no number means that nothing is kept at all: https://nodejs.org/api/errors.html#errorstacktracelimit
 */
export async function withoutStackTraces<T>(run: () => Promise<T>): Promise<T> {
  const { stackTraceLimit } = Error;
  const lines = { stackTrace: Reflect.get(Resource, "stackTrace") as unknown };
  Object.assign(Error, { stackTraceLimit: undefined });
  Object.assign(Resource, { stackTrace: () => [] });
  try {
    return await run();
  } finally {
    Object.assign(Error, { stackTraceLimit });
    Object.assign(Resource, lines);
  }
}
