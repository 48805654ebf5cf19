import { z } from "zod";

/** The cluster cannot be asked: nothing listens, nobody answers, or there is no login. */
export class UnreachableError extends Error {}

const apiStatus = z.object({
  message: z.string().default(""),
  reason: z.string().default(""),
  details: z
    .object({
      kind: z.string().optional(),
      name: z.string().optional(),
      causes: z
        .array(
          z.object({ reason: z.string().optional(), message: z.string().optional(), field: z.string().optional() }),
        )
        .optional(),
    })
    .optional(),
});

/** What the API server refused, in its words. */
export class ApiError extends Error {
  public readonly reason: string;
  public readonly details: z.output<typeof apiStatus>["details"];

  public constructor(
    public readonly status: number,
    body: unknown,
  ) {
    const parsed = apiStatus.safeParse(body);
    const { message, reason, details } = parsed.success
      ? parsed.data
      : { message: JSON.stringify(body), reason: "", details: undefined };
    super(message === "" ? `The API server answered ${status}.` : message);
    this.reason = reason;
    this.details = details;
  }

  /** Whether the namespace of the object is not there (yet). */
  public get isMissingNamespace(): boolean {
    return this.status === 404 && this.details?.kind === "namespaces";
  }

  /** Whether two managers want the same field. */
  public get isConflict(): boolean {
    return this.status === 409 && (this.details?.causes ?? []).some(({ reason }) => reason === "FieldManagerConflict");
  }

  /** Fields that cannot be changed on the live object, empty when the refusal has another reason. */
  public get immutableFields(): string[] {
    const says = (text = ""): boolean =>
      /immutable|may not be (?:changed|updated)|updates to .* are forbidden/i.test(text);
    if (this.status !== 422 || !says(this.message)) return [];
    const causes = (this.details?.causes ?? []).filter(({ message }) => says(message));
    const fields = causes.flatMap(({ field }) => (field === undefined || field === "" ? [] : [field]));
    return fields.length > 0 ? [...new Set(fields)] : ["spec"];
  }
}
