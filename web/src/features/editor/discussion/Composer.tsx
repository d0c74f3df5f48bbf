import { Button, Combobox, Textarea, useCombobox } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import styles from "./discussion.module.css";
import { meantBy, mentionBegun, type Named } from "./speaking.ts";

interface Props {
  label: string;
  action: string;
  members: Named[];
  pending: boolean;
  onSay: (text: string) => Promise<unknown>;
  text?: string;
  onCancel?: { label: string; act: () => void };
  focused?: boolean;
}

const MOST = 6;

/** Words for others; @ and the beginning of a name offers whom one may mean. */
export function Composer({ label, action, members, pending, onSay, text: before = "", onCancel, focused = false }: Props) {
  const [text, setText] = useState(before);
  const [at, setAt] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const list = useCombobox();
  const begun = mentionBegun(text, at);
  const meant = begun === null ? [] : meantBy(begun.words, members).slice(0, MOST);
  const say = async (): Promise<void> => {
    const said = text.trim();
    if (said === "" || pending) return;
    try {
      await onSay(said);
      setText("");
    } catch {
      // The problem stands below; the words stay where they are.
    }
  };
  const mean = (name: string): void => {
    if (begun === null) return;
    const next = `${text.slice(0, begun.start)}@${name} ${text.slice(at)}`;
    setText(next);
    setAt(begun.start + name.length + 2);
    list.closeDropdown();
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void say();
    }
    if (event.key === "Escape" && list.dropdownOpened && meant.length > 0) {
      event.stopPropagation();
      list.closeDropdown();
    }
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void say();
      }}
    >
      <Combobox store={list} onOptionSubmit={mean} position="bottom-start" width={240}>
        <Combobox.Target withExpandedAttribute={false} autoComplete="off">
          <Textarea
            ref={area}
            size="xs"
            autosize
            minRows={1}
            maxRows={8}
            aria-label={label}
            placeholder={label}
            autoFocus={focused}
            value={text}
            onSelect={(event) => setAt(event.currentTarget.selectionStart)}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setAt(event.currentTarget.selectionStart);
              list.openDropdown();
              list.selectFirstOption();
            }}
            onKeyDown={onKeyDown}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={meant.length === 0}>
          <Combobox.Options>
            {meant.map(({ id, name }) => (
              <Combobox.Option key={id} value={name}>
                {name}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {text.trim() !== "" && (
        <div>
          <Button type="submit" size="compact-sm" loading={pending}>
            {action}
          </Button>
          {onCancel && (
            <Button variant="subtle" size="compact-sm" onClick={onCancel.act}>
              {onCancel.label}
            </Button>
          )}
        </div>
      )}
    </form>
  );
}
