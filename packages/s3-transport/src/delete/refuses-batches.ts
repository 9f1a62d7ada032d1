/**
 * What stores answer that know no DeleteObjects, or not with these keys: Swift's and GCS's older
 * ones 501, some gateways 405, others take its body for a mistake. RGW 16 answers 403 to who may delete
 * keys, since it looks in the batch for the right to delete the bucket's own name.
 */
const REFUSALS: ReadonlySet<string> = new Set([
  "NotImplemented",
  "MethodNotAllowed",
  "MalformedXML",
  "InvalidRequest",
  "InvalidArgument",
  "AccessDenied",
]);

const STATUSES: ReadonlySet<number | undefined> = new Set([405, 501]);

/** Whether single deletes may do where a batch was answered so. */
export async function refusesBatches(error: unknown): Promise<boolean> {
  const { S3ServiceException } = await import("../client/sdk.ts");
  if (!(error instanceof S3ServiceException)) return false;
  return REFUSALS.has(error.name) || STATUSES.has(error.$metadata.httpStatusCode);
}
