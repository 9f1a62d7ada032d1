/** Bytes, about: what the usual services keep of a ping's body. */
const MOST = 10_000;

/** The last lines of a log. */
export class LogTail {
  #lines: string[] = [];
  #length = 0;

  take(line: string): void {
    this.#lines.push(line.slice(0, MOST));
    this.#length += Math.min(line.length, MOST) + 1;
    while (this.#length > MOST && this.#lines.length > 1)
      this.#length -= (this.#lines.shift()?.length ?? 0) + 1;
  }

  /** @param secrets texts that must not leave this machine */
  text(secrets: readonly string[] = []): string {
    let text = this.#lines.map((line) => `${line}\n`).join("");
    // The longest first: one may be part of another.
    for (const secret of secrets.toSorted((a, b) => b.length - a.length))
      if (secret !== "") text = text.replaceAll(secret, "[secret]");
    return text.replaceAll(SIGNED, "$1[secret]");
  }
}

/** Of a presigned URL, what makes it one. */
const SIGNED = /(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s"']+/gi;
