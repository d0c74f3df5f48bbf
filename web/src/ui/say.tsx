import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { t } from "i18next";
import { inWords } from "../api/problem.ts";

/** Says what happened. */
export function say(message: string): void {
  notifications.show({ message, withBorder: true, color: "moss" });
}

/** Says what cannot be done, where no better place is for it. */
export function sayError(message: string): void {
  notifications.show({ message, withBorder: true, color: "var(--dl-harm)" });
}

/** Says what went wrong, where no better place is for it. */
export const sayProblem = (error: unknown): void => sayError(inWords(error));

/** Says what happened, with a way back. */
export function sayUndo(message: string, undo: () => void): void {
  const id = notifications.show({
    message: (
      <span>
        {message}{" "}
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {t("say.undo")}
        </Button>
      </span>
    ),
    withBorder: true,
    color: "moss",
    autoClose: 10_000,
  });
}
