import { createSealer } from "../src/index.ts";
import { sealerContract } from "./sealer-contract.ts";

sealerContract("createSealer", createSealer);
