/** What a person can put right, in one message. `exitCode` 2 means that something must be installed first. */
export class EngineError extends Error {
  public constructor(
    message: string,
    public readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
    this.name = "EngineError";
  }
}
