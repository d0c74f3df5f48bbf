import type { Shapes } from "../../../api/client.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";

/** A share with its interval and its n. */
export function Told({ share }: { share: Shapes["Share"] }) {
  const { formats } = useExplored();
  return (
    <>
      {formats.share(share.share)}{" "}
      <span className={styles.small}>
        {formats.interval(share)} · n {formats.count(share.n)}
      </span>
    </>
  );
}
