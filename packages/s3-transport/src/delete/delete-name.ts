/** What to delete: an object, or one version of it. */
export interface DeleteName {
  readonly key: string;
  readonly version?: string;
}
