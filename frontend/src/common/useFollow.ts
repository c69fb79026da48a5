import { useCallback, useLayoutEffect, useRef, useState } from "react";

const NEAR_PX = 48;
const TOP_PX = 240;

/**
 * Keeps a scrolling list at its end while the reader is there, and holds its place otherwise, also
 * when older lines come in above.
 *
 * @param firstKey names the list's first line: when it changes, lines came in above
 * @example
 * const { ref, onScroll, following, backToEnd } = useFollow(lines, lines[0]?.id, loadOlder);
 */
export function useFollow(content: unknown, firstKey: unknown, onTop: () => void) {
  const ref = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const before = useRef({ height: 0, firstKey });

  const onScroll = useCallback(() => {
    const box = ref.current;
    if (!box) return;
    setFollowing(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX);
    if (box.scrollTop < TOP_PX) onTop();
  }, [onTop]);

  const backToEnd = useCallback(() => {
    setFollowing(true);
    ref.current?.scrollTo({ top: ref.current.scrollHeight });
  }, []);

  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    const grewAbove = before.current.firstKey !== firstKey;
    if (following) box.scrollTop = box.scrollHeight;
    else if (grewAbove) box.scrollTop += box.scrollHeight - before.current.height;
    before.current = { height: box.scrollHeight, firstKey };
  }, [content, firstKey, following]);

  return { ref, onScroll, following, backToEnd };
}
