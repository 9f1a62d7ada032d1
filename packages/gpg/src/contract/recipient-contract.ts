import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createGpgHome } from "../home/gpg-home.ts";
import { makePublicKeys } from "./make-public-keys.ts";
import type { Subject } from "./subject.ts";
import { withRoomAround } from "./with-room-around.ts";

/** Several recipients. */
export function recipientContract(subject: Subject): void {
  const { create, dataKey, gpgOpens } = subject;
  describe("as to recipients", () => {
    test("encrypts in place to many public keys as well, if not without a copy", async () => {
      const owner = await createGpgHome();
      const [publicKey] = await makePublicKeys(owner, ["rsa"]);
      const publicKeys = Array(16).fill(publicKey);
      const toMany = create({ dataKey, publicKeys });
      const plain = randomBytes(100_000);
      const { bytes } = await toMany.encrypt(withRoomAround(plain), { ownBuffer: true });
      expect(await gpgOpens(bytes, plain)).toBe(true);
      await Promise.all([toMany.close(), owner.remove()]);
    });

    test("fails where a public key is no longer what was checked", async () => {
      const owner = await createGpgHome();
      const made = await makePublicKeys(owner, ["cv25519"]);
      const publicKeys = made.map((key) => ({ ...key, bytes: new Uint8Array(10) }));
      const encryptor = create({ dataKey, publicKeys });
      await expect(encryptor.encrypt(new Uint8Array(1))).rejects.toMatchObject({
        code: "encryption-failed",
        message: expect.stringMatching(/^Encryption failed: ./),
      });
      await Promise.all([encryptor.close(), owner.remove()]);
    });

    test("encrypts to a data key and to public keys: each opens it alone", async () => {
      const owners = await Promise.all([createGpgHome(), createGpgHome()]);
      const made = [makePublicKeys(owners[0], ["rsa"]), makePublicKeys(owners[1], ["cv25519"])];
      const publicKeys = (await Promise.all(made)).flat();
      const [toAll, toKeys] = [create({ dataKey, publicKeys }), create({ publicKeys })];
      const plain = randomBytes(100_000);
      const { bytes: forAll } = await toAll.encrypt(plain);
      const { bytes: forKeys } = await toKeys.encrypt(plain);
      for (const message of [forAll, forKeys]) {
        for (const owner of owners) {
          expect((await owner.decrypt(message)).equals(plain)).toBe(true);
        }
      }
      expect(await gpgOpens(forAll, plain)).toBe(true);
      await expect(subject.gpg.decrypt(forKeys, dataKey)).rejects.toThrow("No secret key");
      await Promise.all([toAll.close(), toKeys.close(), ...owners.map((owner) => owner.remove())]);
    });
  });
}
