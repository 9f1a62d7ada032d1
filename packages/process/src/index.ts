export { bareEnvironment } from "./bare-environment.ts";
export { childEnd, type ChildEnd } from "./child-end.ts";
export { type FilterOptions, FilterShells } from "./filter-shells.ts";
export { endChild, killChild, killOnAbort } from "./kill-child.ts";
export { openOutputPipe, type OutputPipe } from "./output-pipe.ts";
export { ProcessError, type ProcessErrorCode } from "./process-error.ts";
export { quietNode } from "./quiet-node.ts";
export { couldNotBeRun, started } from "./started.ts";
export { untilClosed } from "./until-closed.ts";
