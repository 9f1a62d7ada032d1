import type { Fault } from "./fault.ts";
import type { Operation, StoreRequest } from "./store-request.ts";

/** Says for which requests something goes wrong, and what. */
export interface FaultRule {
  readonly operation?: Operation;
  /** What the key matches; of a list, its prefix. */
  readonly key?: RegExp;
  /** Of the requests that match so, counted from 1: the first to go wrong, 1 unless given. */
  readonly nth?: number;
  /** How many go wrong in a row, all unless given. */
  readonly times?: number;
  readonly fault: Fault;
}

/** A script of faults, and how often it struck. */
export interface StoreScript {
  readonly fault: (request: StoreRequest) => Fault | undefined;
  /** Requests that something went wrong with. */
  readonly struck: () => number;
}

/**
 * Makes a script for `startEmbeddedStore`: the first rule that matches a request counts it, and strikes or not.
 *
 * @example
 * const script = storeScript([{ operation: "put", key: /manifest/, times: 2, fault: slowDown }]);
 */
export function storeScript(rules: readonly FaultRule[]): StoreScript {
  const counts = rules.map(() => 0);
  let struck = 0;
  return {
    struck: () => struck,
    fault: (request) => {
      const index = rules.findIndex((rule) => matches(rule, request));
      const rule = rules[index];
      if (rule === undefined) return undefined;
      const { nth = 1, times = Infinity, fault } = rule;
      const count = (counts[index] = (counts[index] ?? 0) + 1);
      if (count < nth || count >= nth + times) return undefined;
      struck++;
      return fault;
    },
  };
}

function matches({ operation, key }: FaultRule, request: StoreRequest): boolean {
  if (operation !== undefined && operation !== request.operation) return false;
  return key?.test(request.key || (request.query.get("prefix") ?? "")) !== false;
}
