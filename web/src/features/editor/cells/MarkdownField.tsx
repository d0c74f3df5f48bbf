import { SegmentedControl, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./cells.module.css";
import { Markdown } from "./Markdown.tsx";

interface Props {
  value: string;
  onChange: (text: string) => void;
}

/** Words with Markdown: written here, and as they will read. */
export function MarkdownField({ value, onChange }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState("write");
  return (
    <div className={styles.markdown}>
      <SegmentedControl
        size="xs"
        aria-label={t("cells.text")}
        value={shown}
        data={[
          { value: "write", label: t("cells.write") },
          { value: "read", label: t("cells.read") },
        ]}
        onChange={setShown}
      />
      {shown === "write" ? (
        <Textarea
          size="xs"
          autosize
          minRows={4}
          maxRows={18}
          aria-label={t("cells.text")}
          description={t("cells.markdown_means")}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <Markdown text={value} />
      )}
    </div>
  );
}
