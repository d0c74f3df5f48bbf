import { Button, FileButton, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isForeignPicture, isOwnPicture } from "./cell.ts";
import styles from "./cells.module.css";
import { smallPicture } from "./picture.ts";

interface Props {
  address: string;
  /** What it shows, in words. */
  says: string;
  onChange: (address: string) => void;
}

/** A picture: a small one that goes into the map, or the address of one elsewhere. */
export function PictureField({ address, says, onChange }: Props) {
  const { t } = useTranslation();
  const read = useMutation({ mutationFn: smallPicture, onSuccess: onChange });
  const own = isOwnPicture(address);
  const inside = address.startsWith("data:");
  const unfit = address !== "" && !own && !isForeignPicture(address);
  return (
    <div className={styles.pictured}>
      {own && <img className={styles.picture} src={address} alt={says} />}
      {isForeignPicture(address) && (
        <p>
          {t("cells.image_elsewhere")}{" "}
          <a href={address} rel="noreferrer" target="_blank">
            {t("cells.image_open")}
          </a>
        </p>
      )}
      <TextInput
        size="xs"
        type="url"
        label={t("cells.image")}
        placeholder={t("cells.image_example")}
        value={inside ? "" : address}
        error={unfit ? t("cells.image_unfit") : null}
        onChange={(event) => onChange(event.currentTarget.value.trim())}
      />
      <div>
        <FileButton
          accept="image/png,image/jpeg,image/webp,image/gif"
          onChange={(file) => {
            if (file !== null) read.mutate(file);
          }}
        >
          {(props) => (
            <Button {...props} variant="default" size="compact-sm" loading={read.isPending}>
              {t("cells.image_pick")}
            </Button>
          )}
        </FileButton>
        {inside && (
          <Button variant="subtle" size="compact-sm" onClick={() => onChange("")}>
            {t("cells.image_away")}
          </Button>
        )}
      </div>
      {read.isError && <p role="alert">{t("cells.image_unread")}</p>}
    </div>
  );
}
