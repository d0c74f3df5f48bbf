import { Button, Textarea } from "@mantine/core";
import { type DragEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/problem.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { excerptOf, typeOf } from "./map_text.ts";
import styles from "./newmap.module.css";
import { useAddMap } from "./queries.ts";

/** A map from a file or a text: YAML, JSON or CJML. */
export function FromFile() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [over, setOver] = useState(false);
  const add = useAddMap();
  const place = useId();
  const send = (said: string, called: string): void =>
    add.mutate({ text: said, type: typeOf(called, said) });
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const said = await file.text();
    setText(said);
    setName(file.name);
    send(said, file.name);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <div className={styles.file}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- files are dropped on it */}
      <label
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          type="file"
          accept=".yaml,.yml,.json,.xml,.cjml"
          aria-describedby={place}
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
        <b>{name === "" ? t("newmap.drop") : name}</b>
        <span>{t("newmap.forms")}</span>
      </label>
      <div id={place}>
        <Wrong error={add.error} text={text} />
      </div>
      <Textarea
        label={t("newmap.text")}
        description={t("newmap.text_means")}
        autosize
        minRows={4}
        maxRows={18}
        spellCheck={false}
        value={text}
        classNames={{ input: styles.code ?? "" }}
        onChange={(event) => {
          setText(event.currentTarget.value);
          add.reset();
        }}
      />
      <div>
        <Button
          loading={add.isPending}
          disabled={text.trim() === ""}
          onClick={() => send(text, name)}
        >
          {t("newmap.make")}
        </Button>
      </div>
    </div>
  );
}

/** What is wrong with the file, and the lines around the place. */
function Wrong({ error, text }: { error: unknown; text: string }) {
  const { t } = useTranslation();
  const mark = error instanceof Problem ? error.mark : null;
  const found = mark === null ? null : excerptOf(text, mark.line, mark.column);
  return (
    <>
      <ProblemNote error={error} />
      {found !== null && mark !== null && (
        <figure className={styles.excerpt}>
          <figcaption className="num">
            {t("newmap.place", { line: mark.line, column: mark.column })}
          </figcaption>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways */}
          <pre tabIndex={0} aria-label={t("newmap.place", { line: mark.line, column: mark.column })}>
            {found.lines.map((line) => (
              <span key={line.number} data-wrong={line.wrong || undefined}>
                <i>{line.number}</i>
                {line.text}
                {"\n"}
                {line.wrong && (
                  <b>
                    <i />
                    {found.before}^{"\n"}
                  </b>
                )}
              </span>
            ))}
          </pre>
        </figure>
      )}
    </>
  );
}
