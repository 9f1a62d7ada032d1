/** Whether the store answered with an error of this name, such as `NoSuchKey`. */
export function isErrorOf(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
