/** The part of a resource that the summary reads: a recorded one, or a step of `pulumi preview --json`. */
export interface PlannedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}
