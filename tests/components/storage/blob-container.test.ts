import { expect, it } from "vitest";
import { BlobContainer } from "../../../components/storage/blob-container";
import { idOf, only, recorded, tree } from "../../recorded";

const accountResourceId = idOf("Microsoft.Storage/storageAccounts/data");

it.each([true, false])(
  "makes one private container and names it as a scope for grants; protect %s",
  async (protect) => {
    const seen: string[] = [];
    const plan = await recorded(() => {
      const { containerName, containerResourceId } = new BlobContainer("train-vision", {
        resourceGroupName: "rg-test",
        accountName: "data",
        accountResourceId,
        containerName: "train-vision",
        protect,
      });
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
