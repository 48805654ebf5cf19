/** Aborts on Ctrl-C and on the request to end; ends the process on a second one that is not an echo of the first. */
export function stopOnSignal(onStop: () => void): {
  readonly signal: AbortSignal;
  readonly exitCode: () => number | undefined;
} {
  const controller = new AbortController();
  let code: number | undefined;
  let since = 0;
  const codes = { SIGINT: 130, SIGTERM: 143 } as const;
  const onSignal = (name: NodeJS.Signals): void => {
    if (code === undefined) {
      code = name === "SIGTERM" ? codes.SIGTERM : codes.SIGINT;
      since = Date.now();
      onStop();
      controller.abort();
    } else if (Date.now() - since > 1000) process.exit(code); // npm repeats a Ctrl-C that the terminal sent us, too
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, onSignal);
  return { signal: controller.signal, exitCode: () => code };
}
