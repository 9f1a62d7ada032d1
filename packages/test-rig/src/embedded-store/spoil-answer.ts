import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { CarriedOut, SpoiltList } from "./fault.ts";
import { spoilList } from "./spoil-list.ts";

/** The store's answer as it was to be sent. */
interface Answer {
  readonly response: ServerResponse;
  readonly body: Buffer;
}

/** Has the good answer held back when it is ended, and a spoilt one sent. */
export function spoilAnswer(response: ServerResponse, fault: CarriedOut | SpoiltList): void {
  const pieces: Buffer[] = [];
  response.write = (piece: unknown) => {
    pieces.push(asBuffer(piece));
    return true;
  };
  response.end = (piece?: unknown) => {
    if (typeof piece === "string" || piece instanceof Uint8Array) pieces.push(asBuffer(piece));
    // What is set on the response hides the methods of its class.
    for (const name of ["write", "end"]) Reflect.deleteProperty(response, name);
    SPOIL[fault]({ response, body: Buffer.concat(pieces) });
    return response;
  };
}

function asBuffer(piece: unknown): Buffer {
  return piece instanceof Uint8Array ? Buffer.from(piece) : Buffer.from(String(piece));
}

const SPOIL: Readonly<Record<CarriedOut | SpoiltList, (answer: Answer) => void>> = {
  "lose-answer": ({ response }) => response.destroy(),
  "cut-headers": ({ response: { socket } }) =>
    socket?.write("HTTP/1.1 200 OK\r\nDate: Sun, 22 N", () => socket.destroy()),
  "cut-body": ({ response, body }) => {
    response.setHeader("content-length", Math.max(body.length, 2));
    const half = body.length < 2 ? Buffer.from("x") : firstHalf(body);
    response.write(half, () => response.destroy());
  },
  "stall-body": ({ response, body }) => {
    response.setHeader("content-length", Math.max(body.length, 2));
    response.write(body.length < 2 ? Buffer.from("x") : firstHalf(body));
  },
  trickle: (answer) => void trickle(answer),
  truncate: ({ response, body }) => send(response, firstHalf(body)),
  corrupt: ({ response, body }) => {
    const middle = body.length >> 1;
    body[middle] = (body[middle] ?? 0) ^ 1;
    send(response, body);
  },
  "wrong-etag": ({ response, body }) => {
    response.setHeader("etag", `"${"d".repeat(32)}"`);
    send(response, body);
  },
  "no-etag": ({ response, body }) => {
    response.removeHeader("etag");
    send(response, body);
  },
  "repeat-page": ({ response, body }) => send(response, body),
  "omit-page": ({ response, body }) => send(response, body),
  "repeat-token": listed("repeat-token"),
  "no-token": listed("no-token"),
  "odd-truncated": listed("odd-truncated"),
  "other-prefix": listed("other-prefix"),
  "foreign-key": listed("foreign-key"),
  unordered: listed("unordered"),
  "no-objects": listed("no-objects"),
  "no-size": listed("no-size"),
  "bad-size": listed("bad-size"),
  "no-time": listed("no-time"),
  "bad-time": listed("bad-time"),
  "no-key": listed("no-key"),
  "bad-key": listed("bad-key"),
  "plain-keys": listed("plain-keys"),
};

function listed(fault: Exclude<SpoiltList, "repeat-page" | "omit-page">) {
  return ({ response, body }: Answer): void =>
    send(response, Buffer.from(spoilList(body.toString(), fault)));
}

function send(response: ServerResponse, body: Buffer): void {
  response.setHeader("content-length", body.length);
  response.end(body);
}

function firstHalf(body: Buffer): Buffer {
  return body.subarray(0, body.length >> 1);
}

async function trickle({ response, body }: Answer): Promise<void> {
  response.setHeader("content-length", body.length);
  const piece = Math.ceil(body.length / 5);
  for (let at = 0; at < body.length; at += piece) {
    response.write(body.subarray(at, at + piece));
    await sleep(5);
  }
  response.end();
}
