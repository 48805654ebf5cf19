import { list, read, text } from "../../core/property-tree";
import { isList } from "../../core/property-value";
import { askForge } from "../forge/ask-forge";
import { idOf, myId } from "../forge/my-id";
import { commentsPerPage, type ForgeThread } from "./forge-thread";
import { commentMarker } from "./render-comment";

/** Pages of comments that are looked through. */
const mostPages = 50;

/**
 * Writes the one comment of a pull request: over our own of an earlier run where there is one.
 * @throws MisconfiguredError that says what the forge did not let us, and never with what token
 */
export async function postComment(thread: ForgeThread, comment: string): Promise<"made" | "updated"> {
  const own = await ownComment(thread);
  if (own === undefined) {
    await askForge(thread, { url: thread.create.url, method: "POST", body: thread.create.body(comment) });
    return "made";
  }
  const { url, method, body } = thread.update(own);
  await askForge(thread, { url, method, body: body(comment) });
  return "updated";
}

async function ownComment(thread: ForgeThread): Promise<readonly string[] | undefined> {
  const me = await myId(thread);
  for (let page = 1; page <= mostPages; page++) {
    const answer = await askForge(thread, { url: thread.list(page) });
    const comments = thread.paged ? (isList(answer) ? answer : []) : list(answer, "value");
    for (const it of comments) {
      const [first] = list(it, "comments");
      const one = thread.paged ? it : first;
      const body = text(one, "body") ?? text(one, "content") ?? "";
      const own = idOf(read(one, thread.authorAt)) === me;
      if (!own || !body.startsWith(commentMarker) || read(one, "isDeleted") === true) continue;
      return thread.paged ? [idOf(read(it, "id"))] : [idOf(read(it, "id")), idOf(read(one, "id"))];
    }
    if (!thread.paged || comments.length < commentsPerPage) return undefined;
  }
  return undefined;
}
