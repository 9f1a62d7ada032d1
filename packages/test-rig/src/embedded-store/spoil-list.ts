import type { SpoiltList } from "./fault.ts";

type Spoilt = Exclude<SpoiltList, "repeat-page" | "omit-page">;

/** A page of a list as a store must not send it. */
export function spoilList(page: string, fault: Spoilt): string {
  return SPOIL[fault](page);
}

const SPOIL: Readonly<Record<Spoilt, (page: string) => string>> = {
  "repeat-token": (page) => {
    // Whatever page is asked for, the next one is named by this.
    const next = "<NextContinuationToken>AAAA</NextContinuationToken>";
    return withoutToken(page).replace(TRUNCATED, `<IsTruncated>true</IsTruncated>${next}`);
  },
  "no-token": (page) => withoutToken(page).replace(TRUNCATED, "<IsTruncated>true</IsTruncated>"),
  "odd-truncated": (page) =>
    page.replace(TRUNCATED, (whole) => whole.replace("true", "1").replace("false", "0")),
  "other-prefix": (page) =>
    SPOIL["no-objects"](page).replace(/<Prefix>[^<]*</, "<Prefix>other%2F<"),
  "foreign-key": (page) => page.replace("</ListBucketResult>", `${FOREIGN}</ListBucketResult>`),
  unordered: (page) =>
    page.replace(CONTENTS, (contents) =>
      (contents.match(/<Contents>.*?<\/Contents>/g) ?? []).toReversed().join(""),
    ),
  "no-objects": (page) =>
    withoutToken(page).replace(CONTENTS, "").replace(TRUNCATED, "<IsTruncated>false</IsTruncated>"),
  "no-size": (page) => page.replaceAll(/<Size>\d+<\/Size>/g, ""),
  "bad-size": (page) => page.replaceAll(/<Size>\d+<\/Size>/g, "<Size>many</Size>"),
  "no-time": (page) => page.replaceAll(TIME, ""),
  "bad-time": (page) => page.replaceAll(TIME, "<LastModified>lately</LastModified>"),
  "no-key": (page) => page.replaceAll(/<Key>[^<]*<\/Key>/g, ""),
  "bad-key": (page) => page.replaceAll("</Key>", "%zz</Key>"),
  "plain-keys": (page) =>
    page
      .replace("<EncodingType>url</EncodingType>", "")
      .replaceAll(/(?<=<Key>)[^<]*/g, (key) => decodeURIComponent(key)),
};

const TIME = /<LastModified>[^<]*<\/LastModified>/g;

const TRUNCATED = /<IsTruncated>\w+<\/IsTruncated>/;
const CONTENTS = /<Contents>.*<\/Contents>/;
const FOREIGN =
  "<Contents><Key>zzz/of/another/list</Key><Size>1</Size><LastModified>2026-11-22T03:45:00.000Z</LastModified></Contents>";

function withoutToken(page: string): string {
  return page.replace(/<NextContinuationToken>.*<\/NextContinuationToken>/, "");
}
