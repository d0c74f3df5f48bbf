/** So large a picture is drawn in a cell at most, on a screen of two dots a pixel. */
const LONGEST = 480;
const QUALITY = 0.8;

/** A picture of a file, small enough to stand in the map, as a data address. */
export async function smallPicture(file: File): Promise<string> {
  const whole = await createImageBitmap(file);
  const part = Math.min(1, LONGEST / Math.max(whole.width, whole.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(whole.width * part));
  canvas.height = Math.max(1, Math.round(whole.height * part));
  canvas.getContext("2d")!.drawImage(whole, 0, 0, canvas.width, canvas.height);
  whole.close();
  return canvas.toDataURL("image/webp", QUALITY);
}
