import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { inWords, problemKept } from "../../../api/problem.ts";
import { useProblemWords } from "../../../ui/ProblemNote.tsx";
import { useCheck } from "../asking.ts";
import styles from "../explore.module.css";

interface Props {
  label: string;
  placeholder?: string;
  value: string;
  /** Is told when the field is left, or Enter is pressed, and what stands there can be read. */
  onChange: (text: string) => void;
  field?: Shapes["Check"]["field"];
  hideLabel?: boolean;
}

const WAIT_MS = 120;

/** A field for an event or a pattern: what may come next, and what is wrong, at the character. */
export function PatternField({ label, placeholder, value, onChange, field = "pattern", hideLabel = false }: Props) {
  const [text, setText] = useState(value);
  const [before, setBefore] = useState(value);
  const [at, setAt] = useState(value.length);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useCombobox();
  const id = useId();
  if (value !== before) {
    setBefore(value);
    setText(value);
  }
  const [asked] = useDebouncedValue(text, WAIT_MS);
  const check = useCheck(field, asked, Math.min(at, asked.length), open || asked !== "");
  // An answer about another text would be put in the wrong place.
  const told = asked === text && !check.isPlaceholderData ? check.data : undefined;
  const wrong = text !== "" && told?.error ? told.error : null;
  const say = (next: string): void => {
    if (next !== value) onChange(next);
  };
  const complete = (one: Shapes["Completion"]): void => {
    if (told === undefined) return;
    const next = text.slice(0, told.start) + one.text + text.slice(told.stop);
    setText(next);
    setAt(told.start + one.text.length);
    list.resetSelectedOption();
    input.current?.focus();
    if (one.kind !== "sign") say(next);
  };
  const options = open ? (told?.completions ?? []) : [];
  return (
    <div className={styles.pattern}>
      <Combobox store={list} onOptionSubmit={(place) => complete(options[Number(place)]!)} position="bottom-start" width={320}>
        <Combobox.Target>
          <TextInput
            ref={input}
            size="xs"
            label={hideLabel ? undefined : label}
            aria-label={hideLabel ? label : undefined}
            placeholder={placeholder}
            value={text}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={wrong !== null && !told!.ok}
            aria-describedby={wrong === null ? undefined : id}
            onFocus={() => {
              setOpen(true);
              list.openDropdown();
            }}
            onBlur={() => {
              setOpen(false);
              list.closeDropdown();
              say(text.trim());
            }}
            onSelect={(event) => setAt(event.currentTarget.selectionStart ?? text.length)}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setAt(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
              list.openDropdown();
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter" && list.getSelectedOptionIndex() === -1) {
                list.closeDropdown();
                say(text.trim());
              }
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={options.length === 0}>
          <Combobox.Options>
            {options.map((one, place) => (
              <Combobox.Option key={`${one.kind} ${one.text}`} value={String(place)} className={styles.option ?? ""}>
                <span>{one.label}</span>
                {one.events !== null && one.events !== undefined && <Events n={one.events} />}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {wrong !== null && <Wrong id={id} text={text} wrong={wrong} isError={!told!.ok} />}
    </div>
  );
}

function Events({ n }: { n: number }) {
  const { i18n } = useTranslation();
  return <span className={`${styles.soft} num`}>{n.toLocaleString(i18n.language)}</span>;
}

interface WrongProps {
  id: string;
  text: string;
  wrong: Shapes["Mistake"];
  isError: boolean;
}

/** The text once more with a mark under the character, and what would fit there. */
function Wrong({ id, text, wrong, isError }: WrongProps) {
  const { language } = useTranslation().i18n;
  const isEnglish = language === "en"; // in which the server says more than the sentence for all
  useProblemWords(!isEnglish);
  const sentence = `${wrong.problem}.`;
  const problem = problemKept({ ...wrong, sentence, code: "pattern_unreadable" });
  return (
    <div id={id} className={isError ? styles.wrong : styles.warning}>
      <code aria-hidden>
        {text.slice(0, wrong.at)}
        <mark>{text.slice(wrong.at, wrong.at + 1) || " "}</mark>
        {text.slice(wrong.at + 1)}
      </code>
      <p>
        {isEnglish ? `${sentence} ${wrong.hint}` : inWords(problem)}
      </p>
    </div>
  );
}
