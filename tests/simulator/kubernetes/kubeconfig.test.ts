import { describe, expect, test } from "vitest";
import { UnreachableError } from "../../../simulator/kubernetes/api-errors";
import { type Kubeconfig, logIn } from "../../../simulator/kubernetes/kubeconfig";

describe("logging in", () => {
  /** A kubeconfig whose login program is this line of a shell. */
  const asking = (line: string): Kubeconfig => ({
    server: "https://127.0.0.1:1",
    certificateAuthorityData: "",
    namespace: "default",
    user: { exec: { command: "/bin/sh", args: ["-c", line], installHint: "Install it." } },
  });

  test("takes the token that the program gives", async () => {
    const credential = JSON.stringify({ kind: "ExecCredential", status: { token: "t" } });
    expect(await logIn(asking(`echo '${credential}'`))).toMatchObject({ token: "t" });
  });

  test("fails when the program asks a question that nobody sees, and shows the question", async () => {
    const login = logIn(asking("echo 'enter the code ABC' >&2; read -r answer"), 0.2);
    await expect(login).rejects.toThrow(UnreachableError);
    await expect(login).rejects.toThrow(
      /^\/bin\/sh gave no token: .+\nenter the code ABC\nIt did not end within 0.2 seconds, so it was ended.\nInstall it.$/s,
    );
  });
});
