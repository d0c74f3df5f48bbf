import { Button, NativeSelect, Popover, TextInput } from "@mantine/core";
import { IconBookmark } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shapes, told } from "../../../api/client.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import { addTile, boardsQuery } from "../../boards/queries.ts";
import styles from "../explore.module.css";
import { keptQuery } from "./queries.ts";

type Question = Shapes["NewQuestion"]["query"];

/** Keeps the question that is asked now under a name, and on a dashboard if one likes. */
export function KeepButton({ question }: { question: Question }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconBookmark size={14} stroke={1.6} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {t("explore.keep")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <KeepForm question={question} close={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface Wanted {
  name: string;
  query: Question;
  board: number | null;
}

/** Keeps a question; where a dashboard is named, as its last tile. */
function useKeepOn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, query, board }: Wanted) => {
      const body = { name, description: "", query };
      const { id } = await told(api.POST("/v1/questions", { body }));
      if (board !== null) await addTile(board, id);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keptQuery.queryKey });
      void client.invalidateQueries({ queryKey: ["boards"] });
    },
  });
}

function KeepForm({ question, close }: { question: Question; close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const keep = useKeepOn();
  const { data } = useQuery(boardsQuery);
  const [name, setName] = useState("");
  const [on, setOn] = useState("");
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const board = on === "" ? null : Number(on);
    keep.mutate(
      { name: name.trim(), query: question, board },
      {
        onSuccess: () => {
          say(t("explore.kept_now", { name: name.trim() }));
          close();
          if (board !== null) void navigate({ to: "/dashboards/$number", params: { number: on }, search: {} });
        },
      },
    );
  };
  const boards = data?.dashboards ?? [];
  return (
    <form onSubmit={send} className={styles.keep}>
      <TextInput
        size="xs"
        label={t("explore.keep_name")}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {boards.length > 0 && (
        <NativeSelect
          size="xs"
          label={t("explore.keep_on")}
          value={on}
          data={[
            { value: "", label: t("explore.keep_on_none") },
            ...boards.map((one) => ({ value: String(one.id), label: one.name })),
          ]}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
      )}
      <ProblemNote error={keep.error} />
      <Button type="submit" size="compact-sm" disabled={name.trim() === ""} loading={keep.isPending}>
        {t("explore.keep")}
      </Button>
    </form>
  );
}
