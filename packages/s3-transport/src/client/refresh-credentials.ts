import type { S3Client } from "@aws-sdk/client-s3";
import { kindOf } from "../failure/failure-kinds.ts";
import { readFailure } from "../failure/read-failure.ts";

/**
 * Has the client ask for credentials anew when the store calls them expired,
 * whatever they say of themselves. The failed call is not repeated here.
 */
export function refreshExpiredCredentials(client: S3Client): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        const { name, status } = readFailure(error);
        if (kindOf(name, status).code === "expired-credentials") {
          await client.config.credentials({ forceRefresh: true });
        }
        throw error;
      }
    },
    { step: "initialize", name: "refreshExpiredCredentials" },
  );
}
