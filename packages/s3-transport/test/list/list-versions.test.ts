import type { Answer } from "@backuppc-archive-s3/test-rig";
import { describe, expect, test } from "vitest";
import type { StoredVersion } from "../../src/index.ts";
import { answeringStore, refusal, xml } from "../answering-store.ts";

const TIME = "2026-11-22T03:15:00.000Z";

/** An entry of a list, with what is given in place of the usual. */
function entry(kind: "Version" | "DeleteMarker", given: Readonly<Record<string, string>>): string {
  const size = kind === "Version" ? { Size: "5" } : {};
  const fields = Object.entries({ LastModified: TIME, ...size, ...given });
  const inside = fields
    .filter(([, text]) => text !== "")
    .map(([name, text]) => `<${name}>${text}</${name}>`);
  return `<${kind}>${inside.join("")}</${kind}>`;
}

function page(inside: string): Answer {
  return xml(`<ListVersionsResult>${inside}</ListVersionsResult>`);
}

async function listed(
  answers: readonly Answer[],
  after?: string,
): Promise<[StoredVersion[], string[]]> {
  const { s3, requests } = await answeringStore(...answers);
  const versions: StoredVersion[] = [];
  const options = after === undefined ? {} : { after };
  for await (const one of s3.versions.listVersions("a/", options)) versions.push(one);
  return [versions, [...requests]];
}

test("Versions and delete markers come in the order of their keys, whatever the store leaves out", async () => {
  const marker = entry("DeleteMarker", { Key: "a/1", VersionId: "v2", IsLatest: "true" });
  const [versions] = await listed([
    page(`<IsTruncated>false</IsTruncated>${entry("Version", { Key: "a/2" })}${marker}`),
  ]);
  const modified = new Date(TIME);
  expect(versions).toEqual([
    { key: "a/1", length: 0, modified, version: "v2", latest: true, deleteMarker: true },
    { key: "a/2", length: 5, modified, version: "null", latest: false, deleteMarker: false },
  ]);
});

test("The next page begins where the store says, by the key as it is and by the version", async () => {
  const more = "<IsTruncated>true</IsTruncated><EncodingType>url</EncodingType>";
  const [versions, requests] = await listed([
    page(
      `${more}<NextKeyMarker>a/b+c</NextKeyMarker>${entry("Version", { Key: "a/b+c", VersionId: "v2" })}`,
    ),
    page(
      `${more}<NextKeyMarker>a/b+c</NextKeyMarker><NextVersionIdMarker>v1</NextVersionIdMarker>${entry("Version", { Key: "a/b+c", VersionId: "v1" })}`,
    ),
    page(`<IsTruncated>false</IsTruncated>${entry("Version", { Key: "a/d" })}`),
  ]);
  expect(versions.map(({ key }) => key)).toEqual(["a/b c", "a/b c", "a/d"]);
  const markers = requests.map((request) => new URL(`http://s3${request.slice(4)}`).searchParams);
  expect(markers.map((one) => one.get("key-marker"))).toEqual([null, "a/b c", "a/b c"]);
  expect(markers.map((one) => one.get("version-id-marker"))).toEqual([null, null, "v1"]);
});

test("A list may begin behind a key", async () => {
  const [versions, requests] = await listed([page("<IsTruncated>false</IsTruncated>")], "a/3");
  expect(versions).toEqual([]);
  expect(requests[0]).toContain("key-marker=a%2F3");
});

describe("A list is not taken for whole", () => {
  test.each([
    ["that is none", ""],
    [
      "of a key without a size",
      `<IsTruncated>false</IsTruncated>${entry("Version", { Key: "a/1", Size: "" })}`,
    ],
    [
      "of a key without a time",
      `<IsTruncated>false</IsTruncated>${entry("DeleteMarker", { Key: "a/1", LastModified: "" })}`,
    ],
    ["that goes on nowhere", "<IsTruncated>true</IsTruncated>"],
  ])("%s", async (_, inside) => {
    await expect(listed([page(inside)])).rejects.toMatchObject({ code: "unconfirmed" });
  });

  test("that is refused", async () => {
    await expect(listed([refusal(403, "AccessDenied")])).rejects.toMatchObject({ code: "denied" });
  });
});
