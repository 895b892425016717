/** The dist packages of plotly come without types. */
declare module "plotly.js-cartesian-dist-min" {
  const plotly: import("../../src/marks/chart/plotly.page").Plotly;
  export default plotly;
}
