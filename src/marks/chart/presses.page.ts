/**
 * Lets presses of the mouse in `element` reach the notebook around it, which makes the pressed cell the active one: the
 * context menu and the keyboard act on that. plotly prevents the default of presses in the plot area, because it may drag,
 * and JupyterLab leaves such presses alone; so it gets another one.
 */
export function letPressesOut(element: HTMLElement): void {
  element.addEventListener("mousedown", (press) => {
    if (press.defaultPrevented) element.parentElement?.dispatchEvent(new MouseEvent(press.type, press));
  });
}
