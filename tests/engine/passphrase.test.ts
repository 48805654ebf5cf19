import { afterAll, expect, it } from "vitest";
import { engineMessage } from "../../core/engine-message";
import { engineSuite, openRehearsal, smallVariant } from "./harness";

const file = smallVariant();

engineSuite("a folder that was kept", () => {
  afterAll(() => {
    delete process.env["PULUMI_CONFIG_PASSPHRASE"];
  });

  it("fails with a clear message when it is opened with another passphrase, and goes on with the right one", async () => {
    process.env["PULUMI_CONFIG_PASSPHRASE"] = "the right one";
    const first = openRehearsal();
    const { changes } = await first.rehearsal.use(file).preview();
    await first.rehearsal.close();

    process.env["PULUMI_CONFIG_PASSPHRASE"] = "another one";
    const second = openRehearsal({ folder: first.folder });
    const failure = await second.rehearsal
      .use(file)
      .preview()
      .then(() => "", engineMessage);
    await second.rehearsal.close();
    expect(failure).toContain("incorrect passphrase");
    expect(failure).not.toMatch(/another one|the right one|^\s+at /m);

    process.env["PULUMI_CONFIG_PASSPHRASE"] = "the right one";
    const third = openRehearsal({ folder: first.folder });
    expect((await third.rehearsal.use(file).preview()).changes).toEqual(changes);
    await third.close();
  });
});
