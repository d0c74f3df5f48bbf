import { Button, FileButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Photo } from "../Photo.tsx";
import { photoOf } from "../photo.ts";
import styles from "../personas.module.css";

interface Props {
  name: string;
  photo?: string | undefined;
  onChange: (photo: string) => void;
}

/** A picture from this machine, made small here before it is sent. */
export function PhotoField({ name, photo, onChange }: Props) {
  const { t } = useTranslation();
  const [unfit, setUnfit] = useState(false);
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const found = await photoOf(file);
    setUnfit(found === null);
    if (found !== null) onChange(found);
  };
  return (
    <div className={styles.photoField}>
      <Photo name={name === "" ? "?" : name} photo={photo} size={96} />
      <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => void take(file)}>
        {(props) => (
          <Button {...props} size="compact-sm" variant="default">
            {t("personas.photo")}
          </Button>
        )}
      </FileButton>
      {photo && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange("")}>
          {t("personas.no_photo")}
        </Button>
      )}
      {unfit && (
        <p role="alert" className={styles.unfit}>
          {t("personas.photo_unfit")}
        </p>
      )}
    </div>
  );
}
