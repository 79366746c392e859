const SVG = "http://www.w3.org/2000/svg";
const MARGIN_PX = 24;
const PNG_SCALE = 2;
export const PAINTS = ["fill", "stroke"] as const;
export const STYLES = [
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "paint-order",
  "opacity",
  "fill-opacity",
  "stroke-opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-variant-numeric",
  "text-anchor",
] as const;

/** Elements with this attribute stay on the page: buttons, tooltips, targets, the table. */
export const EXPORT_SKIP = "data-export-skip";

/** Any CSS colour as one that every SVG reader knows: mixed and wide-gamut colours are painted and read back. */
export function plainColor(color: string, pixel: CanvasRenderingContext2D): string {
  if (!/^(color|oklab|oklch|lab|lch)/.test(color)) return color;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = pixel.getImageData(0, 0, 1, 1).data;
  return alpha === 255 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
}

function inlineStyles(from: Element, to: SVGElement, pixel: CanvasRenderingContext2D): void {
  const style = getComputedStyle(from);
  for (const name of PAINTS) to.style.setProperty(name, plainColor(style.getPropertyValue(name), pixel));
  for (const name of STYLES) to.style.setProperty(name, style.getPropertyValue(name));
  to.removeAttribute("class");
  to.removeAttribute("tabindex");
}

function copyDrawing(svg: SVGSVGElement, x: number, y: number, pixel: CanvasRenderingContext2D): SVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll("*");
  copy.querySelectorAll<SVGElement>("*").forEach((element, index) => {
    const original = originals[index];
    if (original !== undefined) inlineStyles(original, element, pixel);
  });
  inlineStyles(svg, copy, pixel);
  copy.style.overflow = "visible";
  copy.setAttribute("x", String(x));
  copy.setAttribute("y", String(y));
  return copy;
}

function copyCanvas(canvas: HTMLCanvasElement, box: DOMRect, x: number, y: number): SVGElement {
  const image = document.createElementNS(SVG, "image");
  image.setAttribute("href", canvas.toDataURL("image/png"));
  image.setAttribute("x", String(x));
  image.setAttribute("y", String(y));
  image.setAttribute("width", String(box.width));
  image.setAttribute("height", String(box.height));
  return image;
}

/** The lines into which the page has broken a text. */
function linesOf(node: Text): { text: string; box: DOMRect }[] {
  const lines: { text: string; box: DOMRect }[] = [];
  const range = document.createRange();
  for (const match of node.data.matchAll(/\S+/g)) {
    range.setStart(node, match.index);
    range.setEnd(node, match.index + match[0].length);
    const box = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (last !== undefined && Math.abs(last.box.top - box.top) < 2) last.text += ` ${match[0]}`;
    else if (box.width > 0) lines.push({ text: match[0], box });
  }
  return lines;
}

function copyText(node: Text, origin: DOMRect, pixel: CanvasRenderingContext2D): SVGElement[] {
  const parent = node.parentElement;
  if (parent === null) return [];
  const style = getComputedStyle(parent);
  return linesOf(node).map(({ text, box }) => {
    const element = document.createElementNS(SVG, "text");
    element.textContent = text;
    element.setAttribute("x", String(box.left - origin.left + MARGIN_PX));
    element.setAttribute("y", String(box.bottom - origin.top + MARGIN_PX - box.height * 0.24));
    element.style.fill = plainColor(style.color, pixel);
    for (const name of ["font-family", "font-size", "font-weight", "font-variant-numeric"] as const) {
      element.style.setProperty(name, style.getPropertyValue(name));
    }
    return element;
  });
}

function asDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** Whether a face's `unicode-range` holds a letter of the text. */
function coversText(range: string, text: string): boolean {
  if (range === "") return true;
  const spans = range.split(",").map((part) => {
    const [from = "0", to = from] = part.trim().replace(/^U\+/i, "").split("-");
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
  return Array.from(text).some((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return spans.some(([from, to]) => code >= from && code <= to);
  });
}

function fontRules(): { rule: CSSFontFaceRule; base: string }[] {
  return Array.from(document.styleSheets).flatMap((sheet) => {
    try {
      return Array.from(sheet.cssRules)
        .filter((rule) => rule instanceof CSSFontFaceRule)
        .map((rule) => ({ rule, base: sheet.href ?? document.baseURI }));
    } catch {
      return [];
    }
  });
}

/** `@font-face` rules with the fonts inside, for the families and letters in use; a font that cannot be read is left out. */
async function embeddedFonts(drawing: SVGElement): Promise<string> {
  const text = drawing.textContent ?? "";
  const markup = drawing.outerHTML;
  const rules = fontRules().filter(({ rule }) => {
    const family = rule.style.getPropertyValue("font-family").replace(/["']/g, "");
    return markup.includes(family) && coversText(rule.style.getPropertyValue("unicode-range"), text);
  });
  const faces = await Promise.all(
    rules.map(async ({ rule, base }) => {
      const url = /url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue("src"))?.[1];
      if (url === undefined) return "";
      try {
        const response = await fetch(new URL(url, base));
        const data = await asDataUrl(await response.blob());
        const { style } = rule;
        return `@font-face{font-family:${style.getPropertyValue("font-family")};font-weight:${style.getPropertyValue("font-weight")};src:url(${data})}`;
      } catch {
        return "";
      }
    }),
  );
  return faces.join("");
}

export function pixelContext(): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("a 2D canvas is needed to save a figure");
  return context;
}

/** Everything drawn and written in a figure, as one SVG without outside references; sizes in CSS pixels. */
export async function figureToSvg(figure: HTMLElement): Promise<{ svg: string; width: number; height: number }> {
  const pixel = pixelContext();
  const origin = figure.getBoundingClientRect();
  const foot = figure.querySelector("[data-export-end]")?.getBoundingClientRect().bottom ?? origin.bottom;
  const width = Math.ceil(origin.width) + 2 * MARGIN_PX;
  const height = Math.ceil(foot - origin.top) + 2 * MARGIN_PX;
  const root = document.createElementNS(SVG, "svg");
  root.setAttribute("xmlns", SVG);
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  root.setAttribute("width", String(width));
  root.setAttribute("height", String(height));
  const paper = document.createElementNS(SVG, "rect");
  paper.setAttribute("width", "100%");
  paper.setAttribute("height", "100%");
  paper.style.fill = getComputedStyle(figure).getPropertyValue("--paper");
  root.append(paper);
  const visit = (node: Node): void => {
    if (node instanceof Text) root.append(...copyText(node, origin, pixel));
    if (!(node instanceof Element) || node.hasAttribute(EXPORT_SKIP)) return;
    const box = node.getBoundingClientRect();
    const x = box.left - origin.left + MARGIN_PX;
    const y = box.top - origin.top + MARGIN_PX;
    if (node instanceof SVGSVGElement) root.append(copyDrawing(node, x, y, pixel));
    else if (node instanceof HTMLCanvasElement) root.append(copyCanvas(node, box, x, y));
    else node.childNodes.forEach(visit);
  };
  visit(figure);
  const fonts = document.createElementNS(SVG, "style");
  fonts.textContent = await embeddedFonts(root);
  root.prepend(fonts);
  return { svg: new XMLSerializer().serializeToString(root), width, height };
}

/** The figure as a PNG with two pixels for each CSS pixel. */
export async function figureToPng(figure: HTMLElement): Promise<Blob> {
  const { svg, width, height } = await figureToSvg(figure);
  const image = new Image();
  image.src = await asDataUrl(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error("the figure could not be drawn as PNG")) : resolve(blob)),
      "image/png",
    );
  });
}

/** Hands a file to the browser's own download. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
