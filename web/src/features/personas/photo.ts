/** The longer side of a photo that is kept, and the most characters that the server takes. */
export const SIDE = 320;
const MOST = 190_000;
const QUALITIES = [0.86, 0.7, 0.5];

/** The square in the middle of a picture: where it begins and how long its sides are. */
export function middle(width: number, height: number): { x: number; y: number; side: number } {
  const side = Math.min(width, height);
  return { x: Math.round((width - side) / 2), y: Math.round((height - side) / 2), side };
}

/** The file as a small square picture inside an address; null where it is no picture. */
export async function photoOf(file: Blob): Promise<string | null> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  const { x, y, side } = middle(picture.width, picture.height);
  const size = Math.min(SIDE, side);
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  canvas.getContext("2d")!.drawImage(picture, x, y, side, side, 0, 0, size, size);
  picture.close();
  const found = QUALITIES.map((quality) => canvas.toDataURL("image/webp", quality));
  return found.find((one) => one.length < MOST) ?? null;
}
