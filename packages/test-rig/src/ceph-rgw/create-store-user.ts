import { RigError } from "../rig-error.ts";
import { adminCommand, type CephRgwDetails } from "./admin-command.ts";

type StoreUser = Pick<CephRgwDetails, "userId" | "accessKeyId" | "secretAccessKey">;

/** Creates a user with keys that RGW makes up. `test` is the one that owns the tests' buckets. */
export async function createStoreUser(configFile: string, userId = "test"): Promise<StoreUser> {
  const create = ["user", "create", `--uid=${userId}`, "--display-name=Test"];
  const answer = await adminCommand({ configFile }, create);
  const [accessKeyId, secretAccessKey] = ["access_key", "secret_key"].map((name) =>
    textField(answer, name),
  );
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const hint = "Is this a radosgw-admin of another version?";
    throw new RigError("program-failed", "radosgw-admin printed no keys.", { hint });
  }
  return { userId, accessKeyId, secretAccessKey };
}

/** A field of the JSON that stands below whatever objects and arrays. */
function textField(json: string, name: string): string | undefined {
  let found: string | undefined;
  JSON.parse(json, (key, value: unknown) => {
    if (key === name && typeof value === "string") found = value;
    return value;
  });
  return found;
}
