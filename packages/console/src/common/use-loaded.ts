import { useEffect, useState } from 'preact/hooks';
import { isAbort } from '../api/describe-error.js';
import { sessionKey } from '../api/session-key.js';

/** Something that is loaded: what came last stays while it is loaded again. */
export interface Loaded<Content> {
  readonly content: Content | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/** Loads something when a component is shown, whenever one of `inputs` changes, and when another key is given. */
export function useLoaded<Content>(
  load: (signal: AbortSignal) => Promise<Content>,
  inputs: readonly unknown[],
): Loaded<Content> {
  const [state, setState] = useState<Omit<Loaded<Content>, 'reload'>>({
    content: undefined,
    error: undefined,
    isLoading: true,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setState(({ content }) => ({ content, error: undefined, isLoading: true }));
    load(controller.signal).then(
      (content) => {
        if (!controller.signal.aborted) setState({ content, error: undefined, isLoading: false });
      },
      (error: unknown) => {
        if (controller.signal.aborted || isAbort(error)) return;
        setState({ content: undefined, error, isLoading: false });
      },
    );
    return () => controller.abort();
  }, [...inputs, turn, sessionKey.value]);
  return { ...state, reload: () => setTurn((before) => before + 1) };
}
