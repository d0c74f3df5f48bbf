import { answered, api } from "../../../api/client.ts";

/** The forms in which a map can be taken along. */
export const FORMS = ["html", "png", "yaml", "csv", "cjml"] as const;
export type Form = (typeof FORMS)[number];

const ACCEPTS: Partial<Record<Form, string>> = {
  yaml: "application/yaml",
  csv: "text/csv",
  cjml: "application/xml",
};
const ENDINGS: Record<Form, string> = { html: "html", png: "png", yaml: "yaml", csv: "csv", cjml: "xml" };

/** The published map as a file of this form; as it was on a day, where one is named. */
export async function asFile(key: string, form: Form, at: string | undefined): Promise<Blob> {
  const params = { path: { key }, query: { at: at ?? null } };
  const asked =
    form === "html"
      ? api.GET("/v1/maps/{key}/page", { params, parseAs: "blob" })
      : api.GET("/v1/maps/{key}", {
          params,
          parseAs: "blob",
          headers: { Accept: ACCEPTS[form] ?? "application/json" },
        });
  return (await answered<unknown>(asked)).data as Blob;
}

/** Lets the browser save a file. */
export function saved(blob: Blob, name: string, form: Form): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.${ENDINGS[form]}`;
  link.click();
  URL.revokeObjectURL(address);
}
