import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from "react";
import styles from "./Button.module.css";

interface Look {
  /** `main`: the one obvious next action. `plain`: others. `quiet`: beside text. `grave`: ends something. */
  look?: "main" | "plain" | "quiet" | "grave";
  icon?: ReactNode;
  iconAfter?: ReactNode;
  /** Round, with nothing but the icon: give an `aria-label`. */
  round?: boolean;
  busy?: boolean;
}

type ButtonProps = Look & ButtonHTMLAttributes<HTMLButtonElement>;

/** The button of every page. Its smallest target is 44 px. */
export function Button({
  look = "main",
  icon,
  iconAfter,
  round = false,
  busy = false,
  className = "",
  disabled = false,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`${styles.button} ${className}`}
      data-look={look}
      data-round={round || undefined}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    >
      {icon}
      {children}
      {iconAfter}
    </button>
  );
}

type LinkProps = Pick<Look, "look" | "icon"> & AnchorHTMLAttributes<HTMLAnchorElement>;

/** A link that looks like a button. */
export function ButtonLink({ look = "main", icon, children, ...rest }: LinkProps) {
  return (
    <a {...rest} className={styles.button} data-look={look}>
      {icon}
      {children}
    </a>
  );
}
