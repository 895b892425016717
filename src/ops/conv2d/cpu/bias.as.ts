// The gradient to the bias.
import { chunksOf, fork } from "../../../devices/cpu/fork.as";
import { CHUNK_WORK, at, conv } from "./sizes.as";

/** db [groups * K] = dy summed over images and pixels, in double precision. */
export function conv_f32_backward_bias(dy: usize, db: usize): void {
  const v = conv();
  v.y = dy; v.w = db;
  const planes = v.groups * v.K;
  const chunks = chunksOf(planes, <f64>(v.N * v.P * v.Q), CHUNK_WORK);
  v.part = (planes + chunks - 1) / chunks;
  fork(biasChunk, (planes + v.part - 1) / v.part);
}

function biasChunk(chunk: i32): void {
  const v = conv();
  const planes = v.groups * v.K;
  const PQ = v.P * v.Q;
  for (let k = chunk * v.part; k < min(planes, (chunk + 1) * v.part); k++) {
    let low = f64x2.splat(0), high = f64x2.splat(0);
    let rest: f64 = 0;
    for (let n = 0; n < v.N; n++) {
      const plane = at(v.y, (n * planes + k) * PQ);
      let i = 0;
      for (; i + 4 <= PQ; i += 4) {
        low = f64x2.add(low, f64x2.promote_low_f32x4(v128.load64_zero(at(plane, i))));
        high = f64x2.add(high, f64x2.promote_low_f32x4(v128.load64_zero(at(plane, i), 8)));
      }
      for (; i < PQ; i++) rest += <f64>load<f32>(at(plane, i));
    }
    const sum = f64x2.add(low, high);
    store<f32>(at(v.w, k), <f32>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + rest));
  }
}
