import { createEncryptor } from "../src/index.ts";
import { encryptorContract } from "./contract/encryptor-contract.ts";

encryptorContract("createEncryptor", createEncryptor);
