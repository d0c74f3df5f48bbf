import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { sayProblem } from "../../../ui/say.tsx";
import { useMay } from "../../session/queries.ts";
import { EraseDialog, type Way } from "./EraseDialog.tsx";
import { saved } from "./saved.ts";

/** What a person may ask of whoever keeps her data; for those who answer it. */
export function PersonMenu({ person, name }: { person: string; name: string }) {
  const { t } = useTranslation();
  const may = useMay("privacy");
  const [way, setWay] = useState<Way | null>(null);
  const save = useMutation({
    mutationFn: async (format: "json" | "csv") => {
      const params = { path: { person }, query: { format } };
      const data = await told(
        api.POST("/v1/persons/{person}/access", { params, parseAs: "blob" }),
      );
      saved(data as Blob, format === "json" ? "person.json" : "person.zip");
    },
    onError: sayProblem,
  });
  if (!may) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            variant="default"
            loading={save.isPending}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {t("people.rights")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => save.mutate("json")}>{t("people.export_json")}</Menu.Item>
          <Menu.Item onClick={() => save.mutate("csv")}>{t("people.export_csv")}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => setWay("anonymise")}>{t("people.anonymise")}</Menu.Item>
          <Menu.Item color="var(--dl-harm)" onClick={() => setWay("erase")}>
            {t("people.erase")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <EraseDialog person={person} name={name} way={way} onClose={() => setWay(null)} />
    </>
  );
}
