/** A file of the application, such as a font, as an address that holds it whole. */
export async function asData(address: string): Promise<string> {
  const answer = await fetch(address);
  const blob = await answer.blob();
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(String(reader.result)));
    reader.addEventListener("error", () => failed(reader.error ?? new Error(address)));
    reader.readAsDataURL(blob);
  });
}
