import { expect, it } from "vitest";
import { BlobContainer, type BlobContainerArgs } from "../../../components/storage/blob-container";
import { idOf, only, recorded, refused, tree } from "../../recorded";

const accountResourceId = idOf("Microsoft.Storage/storageAccounts/data");
const args: BlobContainerArgs = {
  store: { resourceGroupName: "rg-test", accountName: "data", accountResourceId },
  containerName: "train-vision",
};

it.each([true, false])(
  "makes one private container and names it as a scope for grants; protect %s",
  async (protect) => {
    const seen: string[] = [];
    const plan = await recorded(() => {
      const { containerName, containerResourceId } = new BlobContainer("train-vision", args, { protect });
      containerName.apply((it) => seen.push(it));
      containerResourceId.apply((it) => seen.push(it));
    });
    expect(tree(plan)).toEqual([
      "BlobContainer train-vision",
      "BlobContainer train-vision < BlobContainer train-vision",
    ]);
    const container = only(plan, "azure-native:storage:BlobContainer");
    expect(container.inputs).toEqual({
      resourceGroupName: "rg-test",
      accountName: "data",
      containerName: "train-vision",
      publicAccess: "None",
    });
    expect(container.options).toEqual(protect ? { protect: true } : {});
    expect(seen.sort()).toEqual([container.id, "train-vision"].sort());
    expect(container.id).toBe(`${accountResourceId}/blobServices/default/containers/train-vision`);
  },
);

it.each(["abc", "a".repeat(63), "train-vision-2"])("takes the name %s", async (containerName) => {
  const plan = await recorded(() => new BlobContainer("team", { ...args, containerName }));
  expect(only(plan, "azure-native:storage:BlobContainer").inputs["containerName"]).toBe(containerName);
});

it.each(["ab", "a".repeat(64), "Vision", "train--vision", "-vision", "vision-", "train_vision", ""])(
  "fails before anything is registered with the name %j",
  async (containerName) => {
    expect(await refused(() => new BlobContainer("team", { ...args, containerName }))).toEqual({
      problems: [
        `containerName: must be a name that Azure takes for storage:BlobContainer: 3 to 63 characters: lowercase letters, digits and single hyphens, first and last a letter or digit; got "${containerName}". Write a name of that form; az resource list prints those that there are`,
      ],
      made: [],
    });
  },
);
