import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { sayProblem } from "../../../ui/say.tsx";
import { useMember } from "../../session/queries.ts";
import { Block } from "../Block.tsx";
import { SettingsPage } from "../SettingsPage.tsx";
import { Language } from "./Language.tsx";
import { Passkeys } from "./Passkeys.tsx";
import { Password } from "./Password.tsx";
import { Profile } from "./Profile.tsx";
import { SecondFactor } from "./SecondFactor.tsx";
import { Sessions } from "./Sessions.tsx";

/** What the reader sets for herself. */
export function AccountPage() {
  const { t } = useTranslation();
  const member = useMember();
  return (
    <SettingsPage title={t("settings.title")}>
      <div>
        {member === null && (
          <Block title={t("settings.nobody")} text={t("settings.nobody_text")}>
            {null}
          </Block>
        )}
        {member !== null && <Profile key={member.name} member={member} />}
        <Language member={member} />
        {member !== null && (
          <>
            <Password />
            <SecondFactor on={member.two_factor} />
            <Passkeys />
            <Sessions />
            <SignOut />
          </>
        )}
      </div>
    </SettingsPage>
  );
}

function SignOut() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const out = useMutation({
    mutationFn: () => told(api.DELETE("/v1/session")),
    onSuccess: async () => {
      await navigate({ to: "/sign-in" });
      client.clear();
    },
    onError: sayProblem,
  });
  return (
    <Block title={t("session.sign_out")} text={t("settings.sign_out_text")}>
      <Button variant="default" loading={out.isPending} onClick={() => out.mutate()}>
        {t("session.sign_out")}
      </Button>
    </Block>
  );
}
