import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { chooseLanguage } from "../../../app/language.ts";
import { isLanguage } from "../../../app/i18n.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../../../app/languages.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import type { Member } from "../../session/queries.ts";
import { Block } from "../Block.tsx";
import { useOwnChange } from "./use_own_change.ts";

const nothing = (): void => undefined;

/** The language of the words; numbers and dates follow it. */
export function Language({ member }: { member: Member | null }) {
  const { t, i18n } = useTranslation();
  const change = useOwnChange(nothing);
  return (
    <Block title={t("settings.language")} text={t("settings.language_text")}>
      <NativeSelect
        aria-label={t("settings.language")}
        value={i18n.language}
        data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (!isLanguage(value)) return;
          void chooseLanguage(value);
          if (member !== null) change.mutate({ locale: value });
        }}
      />
      <ProblemNote error={change.error} />
    </Block>
  );
}
