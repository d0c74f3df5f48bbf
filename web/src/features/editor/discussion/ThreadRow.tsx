import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { sayUndo } from "../../../ui/say.tsx";
import { useMember } from "../../session/queries.ts";
import { Composer } from "./Composer.tsx";
import styles from "./discussion.module.css";
import { changeComment, type Comment, sayTo, useSaying, withdrawComment } from "./queries.ts";
import { mentionsIn, type Named, piecesOf, type Thread } from "./speaking.ts";

interface Props {
  map: string;
  thread: Thread;
  members: Named[];
  may: boolean;
}

/** A comment, its replies, and what one can do about them. */
export function ThreadRow({ map, thread, members, may }: Props) {
  const { t } = useTranslation();
  const [replying, setReplying] = useState(false);
  const { comment, replies } = thread;
  const reply = useSaying(sayTo(map));
  const settle = useSaying(changeComment);
  const settled = comment.resolved_at !== null;
  const { stage, touchpoint, lane } = comment;
  return (
    <li className={styles.thread} data-settled={settled || undefined}>
      <Said map={map} comment={comment} members={members} alone={replies.length === 0} may={may} />
      {replies.map((one) => (
        <Said key={one.id} map={map} comment={one} members={members} alone may={may} />
      ))}
      {settled && <p className={styles.soft}>{t("talk.settled_by", { name: comment.resolved_by })}</p>}
      {may && (
        <div className={styles.acts}>
          {!replying && (
            <Button variant="subtle" size="compact-xs" onClick={() => setReplying(true)}>
              {t("talk.reply")}
            </Button>
          )}
          <Button
            variant="subtle"
            size="compact-xs"
            loading={settle.isPending}
            onClick={() => settle.mutate({ id: comment.id, resolved: !settled, mentions: [] })}
          >
            {t(settled ? "talk.unsettle" : "talk.settle")}
          </Button>
        </div>
      )}
      {replying && (
        <Composer
          focused
          label={t("talk.reply")}
          action={t("talk.send")}
          members={members}
          pending={reply.isPending}
          onSay={async (text) => {
            await reply.mutateAsync({
              stage,
              touchpoint,
              lane,
              text,
              mentions: mentionsIn(text, members),
              reply_to: comment.id,
            });
            setReplying(false);
          }}
          onCancel={{ label: t("talk.cancel"), act: () => setReplying(false) }}
        />
      )}
      <ProblemNote error={reply.error ?? settle.error} />
    </li>
  );
}

interface SaidProps extends Omit<Props, "thread"> {
  comment: Comment;
  /** Nobody has replied, so it can be taken back. */
  alone: boolean;
}

/** What one person said; who said it may reword it or take it back. */
function Said({ map, comment, members, alone, may }: SaidProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const member = useMember();
  const [rewording, setRewording] = useState(false);
  const change = useSaying(changeComment);
  const again = useSaying(sayTo(map));
  const drop = useSaying(withdrawComment);
  const own = may && (member === null || member.name === comment.author);
  const withdraw = async (): Promise<void> => {
    await drop.mutateAsync(comment.id);
    const { stage, touchpoint, lane, text, mentions, reply_to } = comment;
    sayUndo(t("talk.withdrawn"), () =>
      again.mutate({ stage, touchpoint, lane, text, mentions, reply_to }),
    );
  };
  return (
    <article className={styles.said}>
      <header>
        <b>{comment.author}</b>
        <time className="num" dateTime={comment.made_at} data-tip={formats.moment(comment.made_at)}>
          {agoNow(formats, comment.made_at)}
          {comment.edited_at !== null && ` · ${t("talk.reworded")}`}
        </time>
      </header>
      {rewording ? (
        <Composer
          focused
          label={t("talk.reword")}
          action={t("talk.save")}
          members={members}
          pending={change.isPending}
          text={comment.text}
          onSay={async (text) => {
            await change.mutateAsync({ id: comment.id, text, mentions: mentionsIn(text, members) });
            setRewording(false);
          }}
          onCancel={{ label: t("talk.cancel"), act: () => setRewording(false) }}
        />
      ) : (
        <p>
          {piecesOf(comment.text, members).map((piece, at) =>
            piece.mention ? <mark key={at}>{piece.text}</mark> : piece.text,
          )}
        </p>
      )}
      {own && !rewording && (
        <div className={styles.acts}>
          <Button variant="subtle" size="compact-xs" onClick={() => setRewording(true)}>
            {t("talk.reword")}
          </Button>
          {alone && (
            <Button variant="subtle" size="compact-xs" onClick={() => void withdraw().catch(() => null)}>
              {t("talk.withdraw")}
            </Button>
          )}
        </div>
      )}
      <ProblemNote error={change.error ?? drop.error} />
    </article>
  );
}
