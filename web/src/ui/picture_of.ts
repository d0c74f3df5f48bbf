import { asData } from "../api/assets.ts";

/** Browsers draw no canvas that is wider or higher. */
const LONGEST = 16_000;
/** Height and width of the place for a letter, below the picture. */
const PROBE = 24;
const MOST_TRIES = 120;
const XHTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";

/** An element as PNG, all of it, twice as fine as the screen where its size allows. */
export async function pictureOf(element: HTMLElement): Promise<Blob> {
  const { scrollWidth: width, scrollHeight: height } = element;
  const scale = Math.min(2, LONGEST / width, LONGEST / height);
  const image = new Image(width, height + PROBE);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await drawingOf(element, width, height))}`;
  await image.decode();
  await lettered(image);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = getComputedStyle(element).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(scale, scale);
  pen.drawImage(image, 0, 0, width, height + PROBE);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob === null ? failed(new Error("PNG")) : done(blob)), "image/png");
  });
}

/**
 * Returns when the drawing has its letters: its fonts are read when it is first drawn, and until
 * then its words are not seen. A letter stands below the picture, where nobody looks.
 */
async function lettered(image: HTMLImageElement): Promise<void> {
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = PROBE;
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    pen.drawImage(image, 0, PROBE - image.height);
    const pixels = pen.getImageData(0, 0, PROBE, PROBE).data;
    if (pixels.some((value, at) => value !== pixels[at % 4])) return;
    // oxlint-disable-next-line no-await-in-loop -- each try looks at the next frame
    await frame();
  }
}

const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()));

/** The element as a drawing that stands for itself: with the styles and fonts of the page inside. */
async function drawingOf(element: HTMLElement, width: number, height: number): Promise<string> {
  const svg = document.createElementNS(SVG, "svg");
  // What rules say of the root, they say of this one: its scheme, its language.
  for (const { name, value } of document.documentElement.attributes) svg.setAttribute(name, value);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height + PROBE));
  const style = document.createElementNS(XHTML, "style");
  style.textContent = [...(await fonts()), ...rules()].join("\n");
  const body = document.createElementNS(XHTML, "body");
  const copy = copyOf(element);
  await withImages(copy);
  Object.assign(copy.style, { position: "static", left: "0", top: "0" });
  const probe = document.createElementNS(XHTML, "p") as HTMLElement;
  probe.textContent = "M";
  probe.style.cssText = `position:absolute;top:${height}px;left:0;margin:0;font-size:${PROBE - 4}px`;
  body.append(copy, probe);
  const inside = document.createElementNS(SVG, "foreignObject");
  inside.setAttribute("width", "100%");
  inside.setAttribute("height", "100%");
  inside.append(body);
  svg.append(style, inside);
  return new XMLSerializer().serializeToString(svg);
}

/** A copy in which charts, whose pixels are no part of the document, are pictures. */
function copyOf(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(true) as HTMLElement;
  const drawn = copy.querySelectorAll("canvas");
  element.querySelectorAll("canvas").forEach((canvas, at) => {
    const image = document.createElement("img");
    image.src = canvas.toDataURL();
    image.style.cssText = canvas.style.cssText;
    drawn[at]!.replaceWith(image);
  });
  return copy;
}

/** Images from the server come along inside: the picture asks nobody for anything. */
async function withImages(copy: HTMLElement): Promise<void> {
  const outside = [...copy.querySelectorAll("img")].filter((image) => !image.src.startsWith("data:"));
  await Promise.all(
    outside.map(async (image) => {
      image.src = await asData(image.src);
    }),
  );
}

const sheets = (): CSSRule[] => [...document.styleSheets].flatMap((sheet) => Array.from(sheet.cssRules));
const isFont = (rule: CSSRule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule;

const rules = (): string[] =>
  sheets()
    .filter((rule) => !isFont(rule))
    .map((rule) => rule.cssText);

/** The fonts that the page has drawn with, each whole: a drawing loads nothing. */
function fonts(): Promise<string[]> {
  const ranges = new Set(
    Array.from(document.fonts)
      .filter((font) => font.status === "loaded")
      .map((font) => plain(font.unicodeRange)),
  );
  const used = sheets()
    .filter(isFont)
    .filter((rule) => ranges.has(plain(rule.style.getPropertyValue("unicode-range"))));
  return Promise.all(
    used.map(async (rule) => {
      const address = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue("src"))?.[1] ?? "";
      const from = rule.parentStyleSheet?.href ?? document.baseURI;
      const data = await asData(new URL(address, from).href);
      return rule.cssText.replace(address, data);
    }),
  );
}

/** Ranges are written with blanks here and without them there. */
const plain = (range: string): string => range.replaceAll(/\s/g, "").toUpperCase();
