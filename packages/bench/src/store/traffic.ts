/** What went to a store and came from it. */
export interface Traffic {
  readonly requests: number;
  /** Of the requests' bodies. */
  readonly bytes: number;
  /** Of the objects in the answers, lists not counted. */
  readonly read: number;
}
