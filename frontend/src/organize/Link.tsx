import type { MouseEvent, ReactNode } from "react";
import { addressOf, usePath } from "./hooks/usePath";

interface LinkProps {
  to: string[];
  className?: string | undefined;
  children: ReactNode;
}

/** A link within /organize. */
export function Link({ to, className, children }: LinkProps) {
  const { go } = usePath();
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(...to);
  };
  return (
    <a href={addressOf(...to)} className={className} onClick={follow}>
      {children}
    </a>
  );
}
