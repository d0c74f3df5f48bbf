import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { useFormats } from "../../../app/formats.ts";
import styles from "../start.module.css";

type Inquiry = Shapes["Inquiry"];
const METHODS = ["data", "interviews", "survey", "observation", "front_line", "other"] as const;

/** The key of a method's name; `_other` at its end would be a form of the plural. */
const named = (method: string): string => `start.method_${method === "other" ? "otherwise" : method}`;

interface Props {
  study: Inquiry[];
  change: (study: Inquiry[]) => void;
}

/** What is to be found out, how, by whom and until when; and what came of it. */
export function Inquiries({ study, change }: Props) {
  const { t } = useTranslation();
  const put = (at: number, found: string): void =>
    change(study.map((one, other) => (other === at ? { ...one, found } : one)));
  return (
    <fieldset className={styles.group}>
      <legend>{t("start.inquiries")}</legend>
      <p>{t("start.inquiries_text")}</p>
      {study.length > 0 && (
        <ul className={styles.inquiries}>
          {study.map((one, at) => (
            <li key={`${one.question} ${String(at)}`}>
              <Asked one={one} />
              <Textarea
                size="xs"
                autosize
                minRows={1}
                maxLength={2000}
                aria-label={t("start.answer_to", { question: one.question })}
                placeholder={t("start.answer")}
                value={one.found ?? ""}
                onChange={(event) => put(at, event.currentTarget.value)}
              />
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t("start.remove_named", { name: one.question })}
                onClick={() => change(study.filter((_, other) => other !== at))}
              >
                {t("start.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Ask add={(one) => change([...study, one])} />
    </fieldset>
  );
}

/** The question, and in small letters how, by whom, until when. */
export function Asked({ one }: { one: Inquiry }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts = [t(named(one.method ?? "data")), one.who, one.until && formats.period(one.until, one.until)];
  return (
    <p>
      <b>{one.question}</b> <small>{facts.filter(Boolean).join(" · ")}</small>
    </p>
  );
}

function Ask({ add }: { add: (one: Inquiry) => void }) {
  const { t } = useTranslation();
  const take = (form: HTMLFormElement): void => {
    const said = new FormData(form);
    const question = String(said.get("question")).trim();
    if (question === "") return;
    const until = String(said.get("until"));
    add({
      question,
      method: String(said.get("method")) as NonNullable<Inquiry["method"]>,
      who: String(said.get("who")).trim(),
      until: until === "" ? null : until,
      found: "",
    });
    form.reset();
    form.querySelector("input")?.focus();
  };
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault();
        take(event.currentTarget);
      }}
    >
      <TextInput
        name="question"
        label={t("start.question")}
        placeholder={t("start.question_example")}
        maxLength={500}
      />
      <NativeSelect
        name="method"
        label={t("start.method")}
        data={METHODS.map((value) => ({ value, label: t(named(value)) }))}
      />
      <TextInput name="who" label={t("start.who_finds")} maxLength={200} />
      <TextInput name="until" type="date" label={t("start.when")} />
      <Button type="submit" variant="default">
        {t("start.add")}
      </Button>
    </form>
  );
}
