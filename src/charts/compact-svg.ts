import { EXPORT_SKIP, PAINTS, pixelContext, plainColor, STYLES } from "./export-figure.ts";

/** What a page that shows the drawing sets itself; the one property of the list that children do not inherit. */
const LEFT_TO_PAGE = new Set<string>(["font-family", "font-variant-numeric"]);
const NOT_INHERITED = "opacity";

function bareStyles(from: Element, to: SVGElement, parent: CSSStyleDeclaration | null, pixel: CanvasRenderingContext2D): void {
  const style = getComputedStyle(from);
  for (const name of ["class", "style", "tabindex"]) to.removeAttribute(name);
  for (const name of [...PAINTS, ...STYLES]) {
    const value = style.getPropertyValue(name);
    const isKnown = name === NOT_INHERITED ? value === "1" : parent?.getPropertyValue(name) === value;
    if (isKnown || LEFT_TO_PAGE.has(name)) continue;
    const isPaint = name === "fill" || name === "stroke";
    to.setAttribute(name, isPaint ? plainColor(value, pixel) : value);
  }
}

/**
 * A drawing on the page as SVG text that needs no style sheet: only what differs from its surroundings is written. Fonts
 * are the reader's: the page that shows it names them.
 */
export function compactSvg(svg: SVGSVGElement): string {
  const pixel = pixelContext();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, i) => {
    const parent = i === 0 || original.parentElement === null ? null : getComputedStyle(original.parentElement);
    const target = copies[i];
    if (target) bareStyles(original, target, parent, pixel);
  });
  for (const element of copy.querySelectorAll(`[${EXPORT_SKIP}]`)) element.remove();
  copy.removeAttribute("width");
  copy.removeAttribute("height");
  return new XMLSerializer().serializeToString(copy).replace(/<!--.*?-->/gs, "");
}
