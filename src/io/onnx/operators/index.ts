/** All operators of ONNX that can be run. A new one is a line in the table of its family. */
import { activations } from "./activations";
import { controls } from "./control";
import { products } from "./conv";
import { elementwise } from "./elementwise";
import { logic } from "./logic";
import { normalizations } from "./normalize";
import type { OperatorTable } from "./operator";
import { picks } from "./pick";
import { pools } from "./pool";
import { reductions } from "./reduce";
import { resizes } from "./resize";
import { selections } from "./select";
import { shapes } from "./shape";

export const operators: OperatorTable = {
  ...activations,
  ...elementwise,
  ...logic,
  ...controls,
  ...products,
  ...pools,
  ...normalizations,
  ...shapes,
  ...selections,
  ...picks,
  ...reductions,
  ...resizes,
};
