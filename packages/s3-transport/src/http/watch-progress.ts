import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { TimeLimits } from "./time-limits.ts";

/**
 * Gives a request up when nothing moves any more. However slow, an upload goes
 * on as long as it moves; and what waits for our own side, for a limited
 * source or a reader that pauses, is no stall.
 */
export function watchProgress(request: ClientRequest, limits: TimeLimits): void {
  request.once("socket", (socket) => {
    if (socket.connecting) limitConnecting(request, socket, limits);
    else watchSocket(request, socket, limits);
  });
}

function limitConnecting(request: ClientRequest, socket: Socket, limits: TimeLimits): void {
  const late = (): void => giveUp(request, `no connection within ${limits.connectMs / 1000} s`);
  const timer = setTimeout(late, limits.connectMs);
  request.once("close", () => clearTimeout(timer));
  socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
    clearTimeout(timer);
    if (!request.destroyed) watchSocket(request, socket, limits);
  });
}

function watchSocket(request: ClientRequest, socket: Socket, limits: TimeLimits): void {
  const { stallMs, answerMs } = limits;
  let response: IncomingMessage | undefined;
  const awaitsAnswer = (): boolean => request.writableFinished && response === undefined;
  // A socket's own timer counts each byte that goes or comes; the kernel's part of a write, too.
  const restart = (): unknown => socket.setTimeout(awaitsAnswer() ? answerMs : stallMs);
  const onTimeout = (): void => {
    if (response === undefined ? waitsForSource(request, socket) : waitsForReader(response)) {
      return void restart();
    }
    const silence = awaitsAnswer()
      ? `no answer for ${answerMs / 1000} s`
      : `stalled for ${stallMs / 1000} s`;
    giveUp(response ?? request, silence);
  };
  restart();
  socket.on("timeout", onTimeout);
  request.once("finish", restart);
  request.once("response", (incoming) => {
    response = incoming;
    restart();
  });
  request.once("close", () => {
    socket.off("timeout", onTimeout);
    socket.setTimeout(0);
  });
}

function waitsForSource(request: ClientRequest, socket: Socket): boolean {
  return !request.writableFinished && request.writableLength + socket.writableLength === 0;
}

function waitsForReader(response: IncomingMessage): boolean {
  return response.readableLength > 0;
}

function giveUp(exchange: ClientRequest | IncomingMessage, why: string): void {
  exchange.destroy(Object.assign(new Error(why), { name: "TimeoutError" }));
}
