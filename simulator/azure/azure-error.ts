import type { Refusal } from "../../azure/arm-row";

/** A refusal or failure in Azure's terms: HTTP status, error code, sentence. */
export class AzureError extends Error {
  public readonly status: number;
  public readonly code: string;

  public constructor(status: number, code: string, sentence: string) {
    super(`Status=${status} Code="${code}" Message="${sentence}"`);
    this.name = "AzureError";
    this.status = status;
    this.code = code;
  }
}

/** The error of a refusal that a row tells, with what it is about. */
export function refusedWith({ status, code, sentence }: Refusal, subject: string): AzureError {
  return new AzureError(status, code, `'${subject}': ${sentence}`);
}
