import type { UnaryRow } from "./kernels";

/**
 * The error function, to 1e-15 in double precision. Self-contained, because GPU.js reads its text: one rational
 * function for each of five ranges, from Sun's fdlibm (s_erf.c, 1993), without its extra digits for huge exponents.
 */
function erf(x: number): number {
  const a = Math.abs(x);
  const sign = x < 0 ? -1.0 : 1.0;
  if (a < 0.84375) {
    const z = x * x;
    const r =
      0.128379167095512558561 +
      z *
        (-0.32504210724700149937 +
          z * (-0.0284817495755985104766 + z * (-0.00577027029648944159157 + z * -0.0000237630166566501626084)));
    const s =
      1.0 +
      z *
        (0.397917223959155352819 +
          z *
            (0.0650222499887672944485 +
              z * (0.00508130628187576562776 + z * (0.000132494738004321644526 + z * -0.0000039602282787753681232))));
    return x + (x * r) / s;
  }
  if (a < 1.25) {
    const t = a - 1.0;
    const p =
      -0.00236211856075265944077 +
      t *
        (0.414856118683748331666 +
          t *
            (-0.372207876035701323847 +
              t *
                (0.318346619901161753674 +
                  t * (-0.110894694282396677476 + t * (0.0354783043256182359371 + t * -0.002166375594868790843)))));
    const q =
      1.0 +
      t *
        (0.106420880400844228286 +
          t *
            (0.540397917702171048937 +
              t *
                (0.0718286544141962662868 +
                  t * (0.126171219808761642112 + t * (0.0136370839120290507362 + t * 0.011984499846799107417)))));
    return sign * (0.845062911510467529297 + p / q);
  }
  if (a >= 6.0) return sign;
  const u = 1.0 / (a * a);
  let r = 0.0;
  let s = 1.0;
  if (a < 2.857142857142857) {
    r =
      -0.00986494403484714822705 +
      u *
        (-0.693858572707181764372 +
          u *
            (-10.5586262253232909814 +
              u *
                (-62.3753324503260060396 +
                  u *
                    (-162.396669462573470355 +
                      u * (-184.605092906711035994 + u * (-81.2874355063065934246 + u * -9.81432934416914548592))))));
    s =
      1.0 +
      u *
        (19.6512716674392571292 +
          u *
            (137.6577541435190426 +
              u *
                (434.565877475229228821 +
                  u *
                    (645.387271733267880336 +
                      u *
                        (429.008140027567833386 +
                          u *
                            (108.635005541779435134 +
                              u * (6.57024977031928170135 + u * -0.0604244152148580987438)))))));
  } else {
    r =
      -0.00986494292470009928597 +
      u *
        (-0.799283237680523006574 +
          u *
            (-17.7579549177547519889 +
              u *
                (-160.636384855821916062 +
                  u * (-637.566443368389627722 + u * (-1025.09513161107724954 + u * -483.519191608651397019)))));
    s =
      1.0 +
      u *
        (30.3380607434824582924 +
          u *
            (325.792512996573918826 +
              u *
                (1536.72958608443695994 +
                  u *
                    (3199.85821950859553908 +
                      u * (2553.05040643316442583 + u * (474.528541206955367215 + u * -22.4409524465858183362))))));
  }
  return sign * (1.0 - Math.exp(-a * a - 0.5625 + r / s) / a);
}

/** The error function itself, under a name that is free in a kernel. */
export const erfRow: UnaryRow = {
  name: "erf",
  uses: [erf],
  f: function erfAt(x: number) {
    return erf(x);
  },
  df: function derf(x: number, _y: number) {
    return 1.1283791670955126 * Math.exp(-x * x);
  },
};

/** x times the probability that a standard normal number is below x. */
export const geluRow: UnaryRow = {
  name: "gelu",
  uses: [erf],
  f: function gelu(x: number) {
    return 0.5 * x * (1.0 + erf(x * 0.7071067811865476));
  },
  df: function dgelu(x: number, _y: number) {
    const below = 0.5 * (1.0 + erf(x * 0.7071067811865476));
    return below + x * 0.3989422804014327 * Math.exp(-0.5 * x * x);
  },
};

/** The same with Hendrycks and Gimpel's tanh in place of the error function; within 0.0005 of it. */
export const geluTanhRow: UnaryRow = {
  name: "geluTanh",
  f: function geluTanh(x: number) {
    return 0.5 * x * (1.0 + Math.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)));
  },
  df: function dgeluTanh(x: number, _y: number) {
    const t = Math.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x));
    const slope = 0.7978845608028654 * (1.0 + 0.134145 * x * x);
    return 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * slope;
  },
};
