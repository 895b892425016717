import { inProcess } from "../support/kernelInProcess";
import { protocolBody } from "../support/protocolBody";

describe("kernel in process: the protocol", () => protocolBody(inProcess));
