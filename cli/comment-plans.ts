import { Problems } from "../core/problems";
import { forgeThread } from "../delivery/comment/forge-thread";
import { postComment } from "../delivery/comment/post-comment";
import { renderComment } from "../delivery/comment/render-comment";
import { runPage } from "../delivery/run-page";
import { readPlan } from "../delivery/saved-plan";
import { fileContent } from "./file-content";

/** What `npm run comment` is asked for. */
export interface CommentCommand {
  /** Files of plans. */
  readonly plans: readonly string[];
  /** Stacks that must have one. */
  readonly expect: readonly string[];
  readonly post: boolean;
}

/** Prints the comment, or writes it to the pull request. Returns the exit code. */
export async function commentPlans(
  { plans: files, expect, post }: CommentCommand,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  const problems = new Problems();
  const plans = files.flatMap((it) => {
    const text = problems.attempt("", () => fileContent("PLAN", it));
    return text === undefined ? [] : (problems.attempt(it, () => readPlan(text, it)) ?? []);
  });
  for (const [at, { stack }] of plans.entries())
    problems.require(plans.findIndex((it) => it.stack === stack) === at, "PLAN", "must be of a stack of its own", {
      got: stack,
    });
  problems.throwIfAny("The command");
  const text = renderComment(plans, expect, runPage(env));
  if (post) process.stderr.write(`comment ${await postComment(forgeThread(env), text)}\n`);
  else process.stdout.write(text);
  return 0;
}
