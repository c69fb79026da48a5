import { IconArrowRight } from "@tabler/icons-react";
import { engineName } from "../../common/engineName";
import styles from "./Engines.module.css";

/** Engines in the order in which they are tried. */
export function Chain({ names }: { names: readonly string[] }) {
  return (
    <ol className={styles.chain}>
      {names.map((name, place) => (
        <li key={name}>
          {place > 0 && <IconArrowRight size={14} className={styles.then} aria-hidden="true" />}
          <bdi title={name}>{engineName(name)}</bdi>
        </li>
      ))}
    </ol>
  );
}
