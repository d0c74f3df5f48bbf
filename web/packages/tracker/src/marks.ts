import { type Properties, typeOf } from "./events.ts";

/** The attribute that makes an element count, and begins the names of its properties. */
const MARK = "data-desireline";

/** The event of an element with `data-desireline`: its type, and what its further marks say. */
export function markOf(element: Element): [string, Properties] {
  const properties: Properties = {};
  for (const { name, value } of element.attributes) {
    if (name.startsWith(`${MARK}-`)) properties[typeOf(name.slice(MARK.length))] = value;
  }
  return [typeOf(element.getAttribute(MARK) ?? "") || "element_clicked", properties];
}

/** Calls back with each marked element that is clicked; also where the site stops the event. */
export function watchClicks(clicked: (type: string, properties: Properties) => void): void {
  addEventListener(
    "click",
    (event) => {
      for (const node of event.composedPath()) {
        if (node instanceof HTMLFormElement || !(node instanceof Element)) continue;
        if (node.hasAttribute(MARK)) return clicked(...markOf(node));
      }
    },
    true,
  );
}

/**
 * Calls back with each form that is submitted: its name and where it goes, never what stands in
 * it. Attributes are asked for by name, because `form.id` is the field of that name if there is one.
 */
export function watchForms(submitted: (type: string, properties: Properties) => void): void {
  addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement)) return;
      const [type, properties] = markOf(form);
      const name = form.getAttribute("name") ?? form.getAttribute("id");
      if (name) properties.form = name;
      submitted(form.hasAttribute(MARK) ? type : "form_submitted", properties);
    },
    true,
  );
}
