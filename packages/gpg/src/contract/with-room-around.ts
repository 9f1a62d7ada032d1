import { ROOM_BEHIND, ROOM_TO_ENCRYPT } from "../message/with-room.ts";

/** A copy of the bytes with room for a message around them. */
export function withRoomAround(bytes: Uint8Array): Uint8Array {
  const memory = new Uint8Array(ROOM_TO_ENCRYPT + bytes.length + ROOM_BEHIND);
  memory.set(bytes, ROOM_TO_ENCRYPT);
  return memory.subarray(ROOM_TO_ENCRYPT, ROOM_TO_ENCRYPT + bytes.length);
}
