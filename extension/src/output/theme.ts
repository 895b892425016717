import { paper, type Theme } from "../../../src/marks/kit/theme";

/** The theme at an element of the page; light where there is no Lab around it. */
export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const read = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  const dark = document.body.dataset.jpThemeLight === "false";
  return {
    text: read("--jp-content-font-color1", "#212121"),
    muted: read("--jp-content-font-color2", "#616161"),
    // JupyterLab's own borders have 1.9:1 on white and 2.6:1 on its dark ground.
    border: dark ? "#757575" : paper.border,
    faint: read("--jp-border-color2", "#e0e0e0"),
    font: read("--jp-content-font-family", "sans-serif"),
    surface: read("--jp-layout-color1", "#ffffff"),
    accent: read("--jp-brand-color1", "#1565c0"),
    dark,
  };
}
