import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import { Block } from "../Block.tsx";
import styles from "../settings.module.css";

/** A code from a phone beside the password: begin, scan, confirm, keep the recovery codes. */
export function SecondFactor({ on }: { on: boolean }) {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<string[]>([]);
  return (
    <Block title={t("settings.factor")} text={t(on ? "settings.factor_on" : "settings.factor_off")}>
      {codes.length > 0 && <Recovery codes={codes} />}
      {on ? <Off done={() => setCodes([])} /> : <On done={setCodes} />}
    </Block>
  );
}

function On({ done }: { done: (codes: string[]) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const begun = useMutation({ mutationFn: () => told(api.POST("/v1/second-factor")) });
  const confirm = useMutation({
    mutationFn: (code: string) => told(api.POST("/v1/second-factor/confirm", { body: { code } })),
    onSuccess: async ({ recovery_codes: codes }) => {
      done(codes);
      await client.invalidateQueries({ queryKey: ["session"] });
    },
  });
  if (begun.data === undefined)
    return (
      <>
        <ProblemNote error={begun.error} />
        <Button variant="default" loading={begun.isPending} onClick={() => begun.mutate()}>
          {t("settings.factor_begin")}
        </Button>
      </>
    );
  const picture = `data:image/svg+xml;utf8,${encodeURIComponent(begun.data.qr_svg)}`;
  return (
    <>
      <p>{t("settings.factor_scan")}</p>
      <img src={picture} alt={t("settings.factor_qr")} className={styles.qr} />
      <p>
        {t("settings.factor_secret")} <code>{begun.data.secret}</code>
      </p>
      <CodeForm
        button={t("settings.factor_confirm")}
        error={confirm.error}
        busy={confirm.isPending}
        send={(code) => confirm.mutate(code)}
      />
    </>
  );
}

function Off({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const off = useMutation({
    mutationFn: (code: string) => told(api.DELETE("/v1/second-factor", { body: { code } })),
    onSuccess: async () => {
      done();
      await client.invalidateQueries({ queryKey: ["session"] });
      say(t("settings.factor_gone"));
    },
  });
  return (
    <CodeForm
      button={t("settings.factor_drop")}
      error={off.error}
      busy={off.isPending}
      send={(code) => off.mutate(code)}
    />
  );
}

interface Sending {
  button: string;
  error: unknown;
  busy: boolean;
  send: (code: string) => void;
}

function CodeForm({ button, error, busy, send }: Sending) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const go = (event: FormEvent): void => {
    event.preventDefault();
    send(code);
    setCode("");
  };
  return (
    <form className={styles.form} onSubmit={go}>
      <TextInput
        label={t("session.code")}
        autoComplete="one-time-code"
        inputMode="numeric"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <ProblemNote error={error} />
      <Button type="submit" variant="default" loading={busy} disabled={code === ""}>
        {button}
      </Button>
    </form>
  );
}

function Recovery({ codes }: { codes: string[] }) {
  const { t } = useTranslation();
  return (
    <div className={styles.shown} role="status">
      <p>{t("settings.recovery")}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
