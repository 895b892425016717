import { expect } from "chai";
import { checkFigure } from "../../src/marks/chart/checkFigure";
import { plotlyFigure } from "../../src/marks/chart/figure";
import { samples as charts } from "../../src/marks/chart/samples";
import { chartName, configOf, themedLayout } from "../../src/marks/chart/themed";
import type { Theme } from "../../src/marks/kit/theme";
import { curve } from "../support/payloads";

const dark: Theme = {
  text: "#fff",
  muted: "#aaa",
  border: "#666",
  faint: "#444",
  font: "sans-serif",
  surface: "#111",
  accent: "#fff",
  dark: true,
};

describe("plotly figures", () => {
  it("puts the theme below what the figure says itself", () => {
    const figure = curve();
    figure.layout.height = 200;
    const layout = themedLayout(figure, dark);
    expect(layout).to.include({ height: 200, title: figure.layout.title });
    expect(layout).to.have.nested.property("template.layout.font.color", "#fff");
    expect(layout).to.have.nested.property("template.layout.xaxis.gridcolor", "#444");
  });

  it("offers no way to send a chart anywhere, whatever the figure says", () => {
    const config = {
      showSendToCloud: true,
      displaylogo: true,
      plotlyServerURL: "https://example.org",
      scrollZoom: true,
    };
    expect(configOf({ ...curve(), config })).to.deep.equal({
      scrollZoom: true,
      displaylogo: false,
      showSendToCloud: false,
      showEditInChartStudio: false,
      showLink: false,
      plotlyServerURL: "",
    });
  });

  it("keeps a template of the figure", () => {
    const figure = curve();
    figure.layout.template = { layout: {} };
    expect(themedLayout(figure, dark).template).to.equal(figure.layout.template);
  });

  it("gives lines other colours on a dark page", () => {
    const colours = (theme: Theme) => themedLayout(curve(), theme).template;
    expect(colours(dark)).not.to.deep.equal(colours({ ...dark, dark: false }));
  });

  it("names a chart for a screen reader", () => {
    expect(chartName(curve())).to.equal(
      "Chart: Loss. Horizontal: step; vertical: cross-entropy. Shows: training, validation.",
    );
    expect(chartName({ data: [{ type: "bar" }], layout: { title: "<b>Accuracy</b> per class" } })).to.equal(
      "Chart: Accuracy per class.",
    );
    expect(chartName({ data: [], layout: {} })).to.equal("Chart.");
  });

  it("names the points behind an average once, and not for a screen reader", () => {
    const figure = plotlyFigure({ ...charts.smoothed(), title: "T" });
    expect(figure.data.map(({ name }) => name)).to.deep.equal(["each step", "loss"]);
    expect(chartName(figure)).to.equal("Chart: T. Horizontal: step. Shows: loss.");
  });

  it("has whole ticks for whole numbers along x, and a bar's number beyond its end", () => {
    const xaxis = (x: number[]) => plotlyFigure({ ...line, lines: [{ ...line.lines[0], x, y: x }] }).layout.xaxis;
    const line = charts.low();
    expect(xaxis([1, 2, 3])).to.include({ tick0: 0, dtick: 1 });
    expect(xaxis([1, 2, 3.5])).not.to.have.property("dtick");
    expect(xaxis([0, 400])).not.to.have.property("dtick");
    const { data, layout } = plotlyFigure({ ...charts.bars(), range: [0, 1] });
    expect(data[0]).to.deep.include({ textposition: "outside", text: ["0.81", "0.7", "1", "0.04"] });
    expect(layout.yaxis).to.deep.include({ range: [0, 1.16], tickvals: [0, 0.2, 0.4, 0.6, 0.8, 1] });
    const narrow = plotlyFigure(charts.bars(), { width: 140 });
    expect(narrow.data[0], "bars too narrow for numbers").not.to.have.property("text");
  });

  it("says what is wrong with a figure", () => {
    for (const broken of [null, [], {}, { data: 3 }]) {
      expect(checkFigure(broken)).to.equal(
        "application/vnd.plotly.v1+json: this output has no list of traces in data. Run the cell again.",
      );
    }
    expect(checkFigure({ data: [] })).to.deep.equal({ data: [], layout: {} });
  });
});
