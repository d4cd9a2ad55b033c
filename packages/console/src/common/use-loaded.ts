import { useEffect, useState } from 'preact/hooks';
import { isAbort } from '../api/describe-error.js';
import { sessionKey } from '../api/session-key.js';

/** Something that is loaded: what came last stays while it is loaded again, and when that fails. */
export interface Loaded<Content> {
  readonly content: Content | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

interface State<Content> extends Omit<Loaded<Content>, 'reload'> {
  /** What it was loaded for. */
  readonly occasion: readonly unknown[] | undefined;
}

/** Loads something when a component is shown, whenever one of `inputs` changes, and when another key is given. */
export function useLoaded<Content>(
  load: (signal: AbortSignal) => Promise<Content>,
  inputs: readonly unknown[],
): Loaded<Content> {
  const start = { content: undefined, error: undefined, isLoading: true, occasion: undefined };
  const [{ occasion, ...state }, setState] = useState<State<Content>>(start);
  const [turn, setTurn] = useState(0);
  const now = [...inputs, turn, sessionKey.value];
  useEffect(() => {
    const controller = new AbortController();
    setState(({ content }) => ({ content, error: undefined, isLoading: true, occasion: now }));
    load(controller.signal).then(
      (content) => {
        if (!controller.signal.aborted) setState({ content, error: undefined, isLoading: false, occasion: now });
      },
      (error: unknown) => {
        if (controller.signal.aborted || isAbort(error)) return;
        setState(({ content }) => ({ content, error, isLoading: false, occasion: now }));
      },
    );
    return () => controller.abort();
  }, now);
  const reload = () => setTurn((before) => before + 1);
  // Before the effect has run for other inputs: what is known is of those before.
  const isCurrent = occasion?.every((value, index) => Object.is(value, now[index])) ?? false;
  return isCurrent ? { ...state, reload } : { content: state.content, error: undefined, isLoading: true, reload };
}
