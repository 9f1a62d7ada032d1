import type { ClientRequest } from "node:http";

/** What came first after the head of a request with `Expect: 100-continue`. */
export type GoAhead = "continue" | "answer" | "silence" | "failure";

/**
 * Waits until the store wants the body. A refusal (403, 404, a quota) is an
 * answer in place of it; without the wait it would come while the body is
 * being sent, and be lost where the store closes the connection at once.
 *
 * @param limit milliseconds; stores that never say `100 Continue` are told apart by it
 */
export async function goAhead(request: ClientRequest, limit: number): Promise<GoAhead> {
  return await new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    request.once("socket", (socket) => {
      const start = (): void => {
        timer = setTimeout(() => resolve("silence"), limit);
      };
      if (socket.connecting)
        socket.once("encrypted" in socket ? "secureConnect" : "connect", start);
      else start();
    });
    const settle = (first: GoAhead) => (): void => {
      clearTimeout(timer);
      resolve(first);
    };
    request.once("continue", settle("continue"));
    request.once("response", settle("answer"));
    request.once("close", settle("failure"));
    request.flushHeaders();
  });
}
