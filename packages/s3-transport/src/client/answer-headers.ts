/** The headers of the answer that the SDK read its result from; `result` is what a middleware's `next` gives. */
export function answerHeaders(result: object): Headers {
  const response: unknown = Reflect.get(result, "response");
  if (typeof response !== "object" || response === null) return new Headers();
  return new Headers(Object(Reflect.get(response, "headers")));
}
