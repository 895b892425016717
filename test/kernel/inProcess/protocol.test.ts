import { inProcess } from "../support/inProcess";
import { protocolBody } from "../support/protocolBody";

describe("kernel in process: the protocol", () => protocolBody(inProcess));
