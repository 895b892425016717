import { checkNoOptions } from "../../options";
import { Module } from "../module";

/** A layer that takes nothing: what is passed all the same, such as PyTorch's `inplace`, is refused, not ignored. */
export abstract class WithoutOptions extends Module {
  constructor() {
    super();
    checkNoOptions(new.target.name, arguments, 0, "inplace");
  }
}
